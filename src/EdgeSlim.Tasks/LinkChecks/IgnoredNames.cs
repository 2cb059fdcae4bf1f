using System.IO.Enumeration;

namespace EdgeSlim.LinkChecks;

/// <summary>
/// What the user knows better (EdgeLinkCheckIgnore): paths of the image, or names of files and libraries, with <c>*</c>
/// and <c>?</c>.
/// </summary>
/// <param name="patterns">The paths and names.</param>
internal sealed class IgnoredNames(IReadOnlyList<string> patterns)
{
    public bool Covers(Problem problem) =>
        patterns.Any(p => Matches(p, problem.File) || (problem.Missing is string missing && Matches(p, missing)));

    private static bool Matches(string pattern, string path) => FileSystemName.MatchesSimpleExpression(
        pattern,
        pattern.Contains('/', StringComparison.Ordinal) ? path : path[(path.LastIndexOf('/') + 1)..],
        ignoreCase: false);
}
