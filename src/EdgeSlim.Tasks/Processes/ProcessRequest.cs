namespace EdgeSlim.Processes;

/// <summary>A program to run.</summary>
/// <param name="FileName">A name on PATH, or a path.</param>
/// <param name="Arguments">The arguments; no shell reads them.</param>
public sealed record ProcessRequest(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>Writes the program's standard input; null where it gets none.</summary>
    public Func<Stream, CancellationToken, Task>? WriteInput { get; init; }
}
