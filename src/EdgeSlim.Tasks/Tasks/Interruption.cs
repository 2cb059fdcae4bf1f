using System.Runtime.InteropServices;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>
/// Cancels a task of a file-based application at Ctrl+C. The .NET SDK cancels the build of a project, and that of a file not: its process
/// would end at once, and leave behind what the task has started.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan LongestExit = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource _ended = new();
    private readonly PosixSignalRegistration[] _signals;
    private volatile bool _isInterrupted;

    private Interruption(Action cancel)
    {
        void End(PosixSignalContext context)
        {
            _isInterrupted = true;
            cancel();

            // The process ends when this returns.
            _ended.Task.Wait(LongestEnd);
        }

        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP }.Select(s => PosixSignalRegistration.Create(s, End))];
    }

    /// <summary>Waits for one.</summary>
    /// <param name="engine">The engine of the task.</param>
    /// <param name="cancel">Cancels the task.</param>
    /// <returns>What ends the wait; null in the build of a project.</returns>
    public static Interruption? Await(IBuildEngine engine, Action cancel) =>
        EvaluatedProject.Of(engine)?.GetPropertyValue("FileBasedProgram") == "true" ? new Interruption(cancel) : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        _ended.SetResult();
        if (_isInterrupted)
        {
            // The process ends now. A task that came to its end would be told off by MSBuild for a failure without an error.
            Thread.Sleep(LongestExit);
        }

        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }
    }
}
