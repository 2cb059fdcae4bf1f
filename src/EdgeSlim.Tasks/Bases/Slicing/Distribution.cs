using System.Text;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Bases.Slicing;

/// <summary>A Linux distribution.</summary>
/// <param name="Id">Its short name, such as <c>debian</c>.</param>
/// <param name="Version">Its version, such as <c>12</c>.</param>
public sealed record Distribution(string Id, string Version)
{
    /// <summary>Asks a root file system whose it is.</summary>
    /// <param name="source">The root file system.</param>
    /// <returns>The distribution; null where it does not say.</returns>
    public static Distribution? Of(SourceFileSystem source)
    {
        string release = source.Read("/etc/os-release") is byte[] content ? Encoding.UTF8.GetString(content) : "";
        return Field(release, "ID") is { Length: > 0 } id && Field(release, "VERSION_ID") is { Length: > 0 } version
            ? new Distribution(id, version)
            : null;
    }

    /// <summary>The package URL of a package; scanners look its source package up.</summary>
    internal string UrlOf(PackageRecord package)
    {
        string type = Id == "alpine" ? "apk" : "deb";
        string upstream = package.Source == package.Name ? "" : $"&upstream={PackageUrl.Escape(package.Source)}";
        return $"pkg:{type}/{Id}/{PackageUrl.Escape(package.Name)}@{PackageUrl.Escape(package.Version)}"
            + $"?arch={package.Architecture}&distro={Id}-{PackageUrl.Escape(Version)}{upstream}";
    }

    /// <summary>The distribution that a package URL names.</summary>
    /// <param name="purl">The package URL of a package.</param>
    /// <returns>The distribution; null where it names none.</returns>
    public static Distribution? OfPackage(string purl) =>
        Qualifier(purl, "distro") is { } distribution && distribution.IndexOf('-', StringComparison.Ordinal) is var dash and > 0
            ? new Distribution(distribution[..dash], distribution[(dash + 1)..])
            : null;

    /// <summary>The source package that a package URL names.</summary>
    /// <param name="purl">The package URL of a package.</param>
    /// <returns>The source package; null where it is the package's own name.</returns>
    public static string? SourceOfPackage(string purl) => Qualifier(purl, "upstream");

    private static string? Qualifier(string purl, string name) => purl[(purl.IndexOf('?', StringComparison.Ordinal) + 1)..]
        .Split('&')
        .FirstOrDefault(q => q.StartsWith(name + "=", StringComparison.Ordinal)) is string qualifier
            ? Uri.UnescapeDataString(qualifier[(name.Length + 1)..])
            : null;

    private static string Field(string release, string name) => release
        .Split('\n')
        .FirstOrDefault(l => l.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..].Trim().Trim('"', '\'') ?? "";
}
