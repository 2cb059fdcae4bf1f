using System.ComponentModel;
using System.Reflection;
using EdgeSlim.Processes;

namespace EdgeSlim.Provenance;

/// <summary>The versions of what an image was built with.</summary>
public static class BuildTools
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);

    /// <summary>The version of EdgeSlim.</summary>
    public static string EdgeSlimVersion { get; } = (typeof(BuildTools).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "").Split('+')[0];

    /// <summary>Asks a program for its version.</summary>
    /// <param name="program">A name on PATH, or a path.</param>
    /// <param name="arguments">What it is asked with.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The first line of its answer; empty where it does not say.</returns>
    public static async Task<string> AskAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(AnswerTime);
        try
        {
            ProcessResult result = await ExternalProcess.RunAsync(new ProcessRequest(program, arguments), limit.Token);
            return result.ExitCode == 0 ? result.Output.Split('\n')[0].Trim() : "";
        }
        catch (Exception e) when (e is Win32Exception || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return "";
        }
    }
}
