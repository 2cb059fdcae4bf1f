namespace EdgeSlim.Diagnostics;

/// <summary>One line that the core has to say.</summary>
/// <param name="Severity">How loudly it is said.</param>
/// <param name="Code">The <c>EDGEnnnn</c> code; null for lines that need no page of their own.</param>
/// <param name="Text">The text, already formatted.</param>
public sealed record Diagnostic(DiagnosticSeverity Severity, string? Code, string Text)
{
    /// <summary>The place in the user's files that it is about; null for the project as a whole.</summary>
    public SourceLocation? Location { get; init; }
}
