using EdgeSlim.Bases;
using EdgeSlim.Bases.Runtimes;
using EdgeSlim.Bases.Slicing;
using EdgeSlim.Oci;

namespace EdgeSlim.Sbom;

/// <summary>What an inventory is made of.</summary>
public sealed record InventoryRequest
{
    /// <summary>The application's name.</summary>
    public required string Application { get; init; }

    /// <summary>The application's version.</summary>
    public required string Version { get; init; }

    /// <summary>The time of the source.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The runtime identifier that is published for.</summary>
    public required string RuntimeIdentifier { get; init; }

    /// <summary>The platform of the image.</summary>
    public required Platform Platform { get; init; }

    /// <summary>What a restore chose.</summary>
    public required RestoredPackages Restored { get; init; }

    /// <summary>The packs of .NET that were published with.</summary>
    public IReadOnlyList<ToolPack> Packs { get; init; } = [];

    /// <summary>The assemblies whose code is in the image.</summary>
    public required KeptAssemblies Kept { get; init; }

    /// <summary>The names of the application's files in the image.</summary>
    public IReadOnlyList<string> Payload { get; init; } = [];

    /// <summary>The native libraries that were linked in, by their paths.</summary>
    public IReadOnlyList<string> Linked { get; init; } = [];

    /// <summary>Which packages of a distribution brought native libraries that were linked in.</summary>
    public IReadOnlyDictionary<string, InstalledPackage> Installed { get; init; } = new Dictionary<string, InstalledPackage>();

    /// <summary>The packages that files of the image were sliced from.</summary>
    public IReadOnlyList<SlicedPackage> Sliced { get; init; } = [];

    /// <summary>The base image; null for none.</summary>
    public BaseImage? Base { get; init; }

    /// <summary>The frameworks in the base image.</summary>
    public IReadOnlyList<SharedFramework> Frameworks { get; init; } = [];
}

/// <summary>A pack of .NET: a runtime, or the AOT compiler.</summary>
/// <param name="Name">Its name, as a package.</param>
/// <param name="Version">Its version.</param>
/// <param name="Folder">The folder with its files.</param>
/// <param name="Assemblies">The simple names of the assemblies that a publish takes of it.</param>
/// <param name="Files">The names of the other files that a publish takes of it.</param>
public sealed record ToolPack(
    string Name, string Version, string Folder, IReadOnlyList<string> Assemblies, IReadOnlyList<string> Files);

/// <summary>The assemblies whose code is in the image.</summary>
/// <param name="Names">Their simple names.</param>
/// <param name="Verb">What happened to them: <c>compiled</c>, <c>kept by the linker</c> or <c>published</c>.</param>
public sealed record KeptAssemblies(IReadOnlySet<string> Names, string Verb);
