using EdgeSlim.Oci;

namespace EdgeSlim.Bases;

/// <summary>Package URLs (purl), the names under which scanners look packages up.</summary>
public static class PackageUrl
{
    /// <summary>Escapes a part.</summary>
    /// <param name="part">The part.</param>
    /// <returns>It, escaped.</returns>
    public static string Escape(string part) => Uri.EscapeDataString(part);

    /// <summary>The package URL of a NuGet package.</summary>
    /// <param name="name">Its id.</param>
    /// <param name="version">Its version.</param>
    /// <returns>The package URL.</returns>
    public static string NuGet(string name, string version) => $"pkg:nuget/{Escape(name)}@{Escape(version)}";

    /// <summary>The package URL of an image.</summary>
    /// <param name="repository">Its repository, with the registry where it is known.</param>
    /// <param name="digest">The digest of its manifest.</param>
    /// <param name="architecture">The processor that it is for.</param>
    /// <returns>The package URL.</returns>
    public static string Image(string repository, Digest digest, string architecture) =>
        $"pkg:oci/{Escape(repository[(repository.LastIndexOf('/') + 1)..])}@{Escape(digest.ToString())}"
        + $"?arch={architecture}&repository_url={Escape(repository)}";
}
