using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;

namespace EdgeSlim.Scanning;

/// <summary>Finds the scanner.</summary>
internal static class Scanners
{
    // Clair needs a server, so that its client on PATH says nothing.
    private static readonly string[] LookedFor = ["trivy", "grype"];

    /// <summary>Finds it.</summary>
    /// <param name="asked">EdgeScanner: a name or a path; empty for whatever there is.</param>
    /// <param name="isRequired">Whether there has to be one.</param>
    /// <param name="tools">This machine's tools.</param>
    /// <returns>The scanner and its program; null where there is none and there need not be one.</returns>
    /// <exception cref="EdgeException">There is none (EDGE5032).</exception>
    public static (IScanner Scanner, string Program)? Find(string asked, bool isRequired, IToolLookup tools)
    {
        string[] names = asked.Length == 0 ? LookedFor : [asked == "clair" ? "clairctl" : asked];
        string? program = names.Select(tools.Find).FirstOrDefault(p => p is not null);
        if (program is not null)
        {
            return (Of(program), program);
        }

        return asked.Length == 0 && !isRequired
            ? null
            : throw new EdgeException(DiagnosticCodes.NoScanner, string.Join(" or ", names.Select(n => $"'{n}'")));
    }

    // A wrapper script has a name of its own, and Trivy's manners.
    private static IScanner Of(string program) => Path.GetFileName(program) switch
    {
        var name when name.Contains("grype", StringComparison.OrdinalIgnoreCase) => new GrypeScanner(),
        var name when name.Contains("clair", StringComparison.OrdinalIgnoreCase) => new ClairScanner(),
        _ => new TrivyScanner(),
    };
}
