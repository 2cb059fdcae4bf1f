using System.Text.RegularExpressions;

namespace EdgeSlim.Tests;

/// <summary>The documents of the repository, and the code samples in them.</summary>
internal static partial class Markdown
{
    private static readonly string[] GeneratedFolders = ["bin", "obj", "artifacts", "TestResults", ".git"];

    /// <summary>The paths of all documents, relative to the root.</summary>
    public static IReadOnlyList<string> Documents { get; } =
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            .Select(p => Path.GetRelativePath(Repository.Root, p))
            .Where(p => !p.Split(Path.DirectorySeparatorChar).Any(GeneratedFolders.Contains))
            .Select(p => p.Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The samples in one language of all documents.</summary>
    public static IReadOnlyList<(string Document, string Code)> AllSamples(string language) =>
        [.. Documents.SelectMany(d => Samples(File.ReadAllText(Path.Combine(Repository.Root, d)), language).Select(s => (d, s)))];

    /// <summary>The samples in one language of a document.</summary>
    public static IEnumerable<string> Samples(string markdown, string language) =>
        Fence().Matches(markdown).Where(m => m.Groups["language"].Value == language).Select(m => m.Groups["code"].Value);

    public static string WithoutCode(string markdown) => Fence().Replace(markdown, "");

    [GeneratedRegex(
        @"^(?<indent> *)```(?<language>\w*)\r?\n(?<code>.*?)^\k<indent>```",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();
}
