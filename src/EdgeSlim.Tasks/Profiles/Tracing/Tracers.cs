using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;
using EdgeSlim.Syscalls;

namespace EdgeSlim.Profiles.Tracing;

/// <summary>Something that watches a process and its descendants without their help.</summary>
internal interface ITracer
{
    /// <summary>Begins to watch.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The tracer, which watches.</returns>
    /// <exception cref="EdgeException">It cannot watch (EDGE6043).</exception>
    Task<TracerProcess> AttachAsync(int processId, CancellationToken cancellationToken);
}

/// <summary>Finds what can watch a process on this machine.</summary>
/// <param name="tools">The machine's programs.</param>
/// <param name="table">The system calls.</param>
/// <param name="diagnostics">Where to say that one cannot.</param>
internal sealed class Tracers(IToolLookup tools, SyscallTable table, IDiagnosticSink diagnostics)
{
    /// <summary>The tracers, the one that costs the application least first.</summary>
    public static IReadOnlyList<string> Names { get; } = [BpftraceTracer.ProgramName, StraceTracer.ProgramName];

    /// <summary>Begins to watch with the first that can.</summary>
    /// <param name="wanted">The one that the user wants; null for any.</param>
    /// <param name="processId">The process.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The tracer.</returns>
    /// <exception cref="EdgeException">There is none (EDGE6040), or it cannot watch (EDGE6043).</exception>
    public async Task<TracerProcess> AttachAsync(string? wanted, int processId, CancellationToken cancellationToken)
    {
        (string Name, string? Path)[] found = [.. (wanted is null ? Names : [wanted]).Select(n => (n, tools.Find(n)))];
        EdgeException? failure = null;
        foreach ((string name, string path) in found.Where(f => f.Path is not null).Select(f => (f.Name, f.Path!)))
        {
            try
            {
                return await Make(name, path).AttachAsync(processId, cancellationToken);
            }
            catch (EdgeException e)
            {
                failure = e;
                diagnostics.Information(e.Message);
            }
        }

        throw failure
            ?? new EdgeException(DiagnosticCodes.NoTracer, string.Join(", ", found.Select(f => $"'{f.Name}' is not on PATH")));
    }

    private ITracer Make(string name, string path) =>
        Path.GetFileName(name) == BpftraceTracer.ProgramName ? new BpftraceTracer(path, tools.Find("unshare"), table) : new StraceTracer(path);
}
