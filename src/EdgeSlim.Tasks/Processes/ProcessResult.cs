namespace EdgeSlim.Processes;

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
public sealed record ProcessResult(int ExitCode, string Output, string Error)
{
    /// <summary>The last line that says something, which is where most programs say what went wrong.</summary>
    public string LastErrorLine =>
        Error.Split('\n').Concat(Output.Split('\n')).Select(l => l.Trim()).LastOrDefault(l => l.Length > 0)
        ?? $"exit code {ExitCode}";
}
