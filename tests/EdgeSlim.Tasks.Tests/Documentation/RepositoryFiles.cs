using System.Text.RegularExpressions;

namespace EdgeSlim.Tests.Documentation;

/// <summary>The files of the repository that documents and code are held together by.</summary>
internal static partial class RepositoryFiles
{
    public static string Root => Repository.Root;

    /// <summary>What the user's build imports: name and text of each file.</summary>
    public static string BuildText { get; } = string.Concat(
        Find("src/EdgeSlim.Sdk", "*.props").Concat(Find("src/EdgeSlim.Sdk", "*.targets")).Select(File.ReadAllText));

    /// <summary>The paths of all documents, relative to the root.</summary>
    public static IReadOnlyList<string> Documents => Markdown.Documents;

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The titles of a document, without the number signs.</summary>
    public static IEnumerable<string> Titles(string markdown, int level) =>
        Title().Matches(Markdown.WithoutCode(markdown))
            .Where(m => m.Groups["level"].Length == level)
            .Select(m => m.Groups["text"].Value);

    /// <summary>The text below a title, up to the next one of the same or a higher level.</summary>
    public static string Section(string markdown, string title)
    {
        Match start = Title().Matches(markdown).First(m => m.Groups["text"].Value == title);
        Match? end = Title().Matches(markdown)
            .FirstOrDefault(m => m.Index > start.Index && m.Groups["level"].Length <= start.Groups["level"].Length);
        return markdown[start.Index..(end?.Index ?? markdown.Length)];
    }

    private static IEnumerable<string> Find(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(p => !Path.GetRelativePath(Root, p).Split(Path.DirectorySeparatorChar).Any(f => f is "bin" or "obj"))
            .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"^(?<level>#+) (?<text>.+?)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Title();
}
