using System.Text.Json.Serialization;
using EdgeSlim.Oci;

namespace EdgeSlim.Bases;

/// <summary>The image that the application's layer is put on.</summary>
public sealed record BaseImage
{
    /// <summary>The name of the empty base.</summary>
    public const string ScratchName = "scratch";

    /// <summary>The name of the base that is made of the files that the application needs.</summary>
    public const string SlicedName = "sliced";

    /// <summary>What the name of an image layout on disk begins with.</summary>
    public const string LayoutPrefix = "oci:";

    private static readonly string[] ArchiveEndings = [".tar", ".tar.gz", ".tgz"];

    /// <summary>The empty base.</summary>
    public static BaseImage Scratch { get; } = new() { Name = ScratchName };

    /// <summary>What the user called it: <c>scratch</c> or an image reference.</summary>
    public required string Name { get; init; }

    /// <summary>The digest of its manifest; null for scratch.</summary>
    public Digest? Digest { get; init; }

    /// <summary>Where it was pulled from, if a mirror stood in for the registry of its name.</summary>
    public string? PulledFrom { get; init; }

    /// <summary>Whether the lock file said which one it is.</summary>
    public bool IsLocked { get; init; }

    /// <summary>The layout that holds its blobs; null for scratch.</summary>
    public string? LayoutFolder { get; init; }

    /// <summary>Its layers, base first.</summary>
    public IReadOnlyList<Descriptor> Layers { get; init; } = [];

    /// <summary>Its configuration; null for scratch.</summary>
    public ImageConfig? Config { get; init; }

    /// <summary>What the image gets from the build machine besides, sorted by path.</summary>
    public IReadOnlyList<SystemFile> SystemFiles { get; init; } = [];

    /// <summary>Whether it is the empty base.</summary>
    [JsonIgnore]
    public bool IsScratch => Config is null;

    /// <summary>Whether its name is a folder or a file of this machine, which means nothing elsewhere.</summary>
    [JsonIgnore]
    public bool IsLocal => IsLocalName(Name);

    /// <summary>Whether a name is that of a folder or a file.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsLocalName(string name) =>
        name.StartsWith(LayoutPrefix, StringComparison.Ordinal) || IsArchiveName(name);

    /// <summary>Whether a name is that of an image archive. An image reference could end so too, but none does.</summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsArchiveName(string name) =>
        ArchiveEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
