using EdgeSlim.Bases.Slicing;
using EdgeSlim.Oci;

namespace EdgeSlim.Sbom;

/// <summary>All that an application is made of, and whether it came through: what the documents are written of.</summary>
public sealed record Inventory
{
    /// <summary>The application's name.</summary>
    public required string Application { get; init; }

    /// <summary>The application's version.</summary>
    public required string Version { get; init; }

    /// <summary>The time of the source.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The platform that it is for.</summary>
    public required Platform Platform { get; init; }

    /// <summary>The distribution whose packages are among the components; null where there are none.</summary>
    public Distribution? Distribution { get; init; }

    /// <summary>The references of the components that the application asks for itself.</summary>
    public required IReadOnlyList<string> DependsOn { get; init; }

    /// <summary>The components, sorted by reference.</summary>
    public required IReadOnlyList<Component> Components { get; init; }

    /// <summary>What NuGet's audit says of packages.</summary>
    public IReadOnlyList<AuditFinding> Audit { get; init; } = [];
}

/// <summary>A vulnerability that NuGet's audit found when packages were restored.</summary>
/// <param name="Package">The package's name.</param>
/// <param name="Version">The package's version.</param>
/// <param name="Severity"><c>LOW</c>, <c>MEDIUM</c>, <c>HIGH</c> or <c>CRITICAL</c>.</param>
/// <param name="Advisory">The address of the advisory.</param>
public sealed record AuditFinding(string Package, string Version, string Severity, string Advisory);
