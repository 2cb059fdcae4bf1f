namespace EdgeSlim.Trials.Verdicts;

/// <summary>An exception that nobody handled, as the application's output tells of it.</summary>
/// <param name="Type">Its type, with namespace.</param>
/// <param name="Message">The first line of its message.</param>
/// <param name="IsFatal">Whether the runtime reported it and ended the application; otherwise its host or its server logged it.</param>
public sealed record UnhandledError(string Type, string Message, bool IsFatal)
{
    /// <summary>The innermost exception, with its message; null where it has none.</summary>
    public string? Cause { get; init; }

    /// <summary>In words.</summary>
    /// <returns>Type and message, as .NET writes them.</returns>
    public override string ToString() => Message.Length == 0 ? Type : $"{Type}: {Message}";
}
