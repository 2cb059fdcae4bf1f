namespace EdgeSlim.Sbom;

/// <summary>A package or project that a restore chose.</summary>
public sealed record RestoredPackage
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>Whether it is a project of the same build.</summary>
    public required bool IsProject { get; init; }

    /// <summary>The folder with its files; null for projects and where it is not there any more.</summary>
    public string? Folder { get; init; }

    /// <summary>The simple names of the assemblies that it brings for the target.</summary>
    public IReadOnlyList<string> Assemblies { get; init; } = [];

    /// <summary>The names of the other files that it brings for the target, such as native libraries.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>The names of the packages that it depends on.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];
}

/// <summary>What a restore chose.</summary>
/// <param name="Packages">The packages and projects.</param>
/// <param name="Direct">The names of those that the project itself asks for.</param>
/// <param name="Audit">What NuGet's audit found.</param>
public sealed record RestoredPackages(
    IReadOnlyList<RestoredPackage> Packages, IReadOnlyList<string> Direct, IReadOnlyList<AuditFinding> Audit);
