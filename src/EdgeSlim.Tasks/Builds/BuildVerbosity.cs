using System.Text.RegularExpressions;

namespace EdgeSlim.Builds;

/// <summary>How much a build says.</summary>
public static partial class BuildVerbosity
{
    /// <summary>Reads it from a command line of <c>dotnet</c>.</summary>
    /// <param name="arguments">The command line.</param>
    /// <returns>The word or letter that stands there; <c>m</c>, the least with the summary, where there is none.</returns>
    public static string Of(IEnumerable<string> arguments) =>
        Option().Match(string.Join(' ', arguments)) is { Success: true } option ? option.Value : "m";

    [GeneratedRegex(@"(?<=\s[-/]+v(erbosity)?[:=\s])\w+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Option();
}
