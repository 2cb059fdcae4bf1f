using System.Text.RegularExpressions;

namespace EdgeSlim.Tests.Documentation;

/// <summary>The names that the .props and .targets files give to the user.</summary>
internal static partial class PublicNames
{
    /// <summary>EdgeSlim's own properties and items.</summary>
    public static IReadOnlySet<string> PropertiesAndItems { get; } =
        Values(PropertyOrItem(), RepositoryFiles.BuildText).Except(Values(OldName(), RepositoryFiles.BuildText)).ToHashSet();

    /// <summary>Names that properties, items and targets had before.</summary>
    public static IReadOnlySet<string> OldNames { get; } = Values(OldName(), RepositoryFiles.BuildText);

    /// <summary>Metadata of items.</summary>
    public static IReadOnlySet<string> Metadata { get; } = Values(ItemMetadata(), RepositoryFiles.BuildText);

    /// <summary>The .NET SDK's properties and items that are read.</summary>
    public static IReadOnlySet<string> ContainerProperties { get; } = Values(Container(), RepositoryFiles.BuildText);

    /// <summary>The targets without an underscore.</summary>
    public static IReadOnlySet<string> Targets { get; } = Values(Target(), RepositoryFiles.BuildText);

    /// <summary>The properties with a default, and the default as it is written.</summary>
    public static IEnumerable<(string Name, string Default)> Defaults =>
        Default().Matches(RepositoryFiles.BuildText)
            .Select(m => (m.Groups["name"].Value, m.Groups["default"].Value));

    private static HashSet<string> Values(Regex expression, string text) =>
        [.. expression.Matches(text).Select(m => m.Groups["name"].Value)];

    [GeneratedRegex(@"(?:[$@]\(|<|PropertyName=""|ItemName="")(?<name>Edge[A-Z]\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex PropertyOrItem();

    [GeneratedRegex(@"<_EdgeSlimRenamed Include=""(?<name>\w+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex OldName();

    [GeneratedRegex(@"%\((?<name>Edge[A-Z]\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex ItemMetadata();

    [GeneratedRegex(@"[$@]\((?<name>Container[A-Z]\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Container();

    [GeneratedRegex(@"<Target Name=""(?<name>[A-Za-z]\w*)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Target();

    [GeneratedRegex(
        @"<(?<name>Edge[A-Z]\w+) Condition=""'\$\(\k<name>\)' == ''[^""]*"">(?<default>[^<]+)</",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Default();
}
