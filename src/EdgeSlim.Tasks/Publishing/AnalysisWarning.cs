namespace EdgeSlim.Publishing;

/// <summary>What the trim and AOT analysis of the C# compiler or of the AOT compiler warned of.</summary>
/// <param name="Code">Its code, such as <c>IL3050</c>.</param>
/// <param name="Text">Its first sentence.</param>
/// <param name="File">The source file; empty where there is none.</param>
/// <param name="Line">The line in it; 0 where there is none.</param>
public sealed record AnalysisWarning(string Code, string Text, string File, int Line)
{
    /// <inheritdoc/>
    public override string ToString() => File.Length == 0 ? $"{Code}: {Text}" : Line == 0 ? $"{Code} in {File}: {Text}" : $"{Code} in {File}({Line}): {Text}";
}
