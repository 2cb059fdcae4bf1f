using System.Globalization;

namespace EdgeSlim.Profiles.Tracing;

/// <summary>strace: stops the application at each system call, and so slows it down, but needs no more than ptrace(2).</summary>
/// <param name="path">Its program.</param>
internal sealed class StraceTracer(string path) : ITracer
{
    public const string ProgramName = "strace";

    public Task<TracerProcess> AttachAsync(int processId, CancellationToken cancellationToken) => TracerProcess.StartAsync(
        ProgramName,
        "TERM",
        [path, "-f", "-y", "-s", "4096", "-e", "signal=none", "-p", processId.ToString(CultureInfo.InvariantCulture)],
        new Dictionary<string, string>(),
        new StraceReader(),
        cancellationToken);
}
