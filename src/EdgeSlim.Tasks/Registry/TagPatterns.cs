using System.IO.Enumeration;

namespace EdgeSlim.Registry;

/// <summary>Tags by name or by pattern, in which <c>*</c> stands for any characters and <c>?</c> for one.</summary>
/// <param name="patterns">The patterns.</param>
public sealed class TagPatterns(IReadOnlyList<string> patterns)
{
    /// <summary>Reads a list.</summary>
    /// <param name="text">Patterns between semicolons or commas.</param>
    /// <returns>The patterns.</returns>
    public static TagPatterns Parse(string text) =>
        new(text.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>Whether a tag is meant.</summary>
    /// <param name="tag">The tag.</param>
    /// <returns>Whether it is.</returns>
    public bool Match(string tag) => patterns.Any(p => FileSystemName.MatchesSimpleExpression(p, tag, ignoreCase: false));
}
