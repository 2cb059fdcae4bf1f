using System.Text.RegularExpressions;

namespace EdgeSlim.Tests.Documentation;

/// <summary>The files of the repository that documents and code are held together by.</summary>
internal static partial class RepositoryFiles
{
    private static readonly string[] GeneratedFolders = ["bin", "obj", "artifacts", "TestResults", ".git"];

    public static string Root { get; } = FindRoot();

    /// <summary>What the user's build imports: name and text of each file.</summary>
    public static string BuildText { get; } = string.Concat(
        Find("src/EdgeSlim.Sdk", "*.props").Concat(Find("src/EdgeSlim.Sdk", "*.targets")).Select(File.ReadAllText));

    /// <summary>The paths of all documents, relative to the root.</summary>
    public static IReadOnlyList<string> Documents { get; } =
        [.. Find(".", "*.md").Select(p => Path.GetRelativePath(Root, p).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The titles of a document, without the number signs.</summary>
    public static IEnumerable<string> Titles(string markdown, int level) =>
        Title().Matches(WithoutCode(markdown))
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

    /// <summary>The code samples in one language.</summary>
    public static IEnumerable<string> Samples(string markdown, string language) =>
        Fence().Matches(markdown).Where(m => m.Groups["language"].Value == language).Select(m => m.Groups["code"].Value);

    public static string WithoutCode(string markdown) => Fence().Replace(markdown, "");

    private static IEnumerable<string> Find(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(p => !Path.GetRelativePath(Root, p).Split(Path.DirectorySeparatorChar).Any(GeneratedFolders.Contains))
            .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "EdgeSlim.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName
            ?? throw new InvalidOperationException($"There is no EdgeSlim.sln above {AppContext.BaseDirectory}.");
    }

    [GeneratedRegex(@"^(?<level>#+) (?<text>.+?)\s*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Title();

    [GeneratedRegex(
        @"^(?<indent> *)```(?<language>\w*)\r?\n(?<code>.*?)^\k<indent>```",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();
}
