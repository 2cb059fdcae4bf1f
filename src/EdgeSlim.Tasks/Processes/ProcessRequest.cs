namespace EdgeSlim.Processes;

/// <summary>A program to run.</summary>
/// <param name="FileName">A name on PATH, or a path.</param>
/// <param name="Arguments">The arguments; no shell reads them.</param>
public sealed record ProcessRequest(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>Writes the program's standard input; null where it gets none.</summary>
    public Func<Stream, CancellationToken, Task>? WriteInput { get; init; }

    /// <summary>Takes each line of both streams as it comes; the result has none of them then.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>How long it may run. One that runs for longer is killed, and fails.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long it may clean up where it is cancelled or its time is up, after a Ctrl+C of its own; zero to be killed at once.</summary>
    public TimeSpan Grace { get; init; }

    /// <summary>Where it runs; empty for the current folder.</summary>
    public string WorkingFolder { get; init; } = "";

    /// <summary>Whether the program gets the environment variables of this process.</summary>
    public bool InheritsEnvironment { get; init; } = true;

    /// <summary>Environment variables that the program gets beside those.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
