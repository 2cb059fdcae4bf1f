using EdgeSlim.Oci;
using EdgeSlim.Reporting.Advice;
using EdgeSlim.Reporting.Budgets;
using EdgeSlim.Reporting.Comparison;
using EdgeSlim.Reporting.Modules;
using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Reporting;

/// <summary>Where the bytes of an image went: <c>report.json</c>, of which <c>docs/report.schema.json</c> is the schema.</summary>
public sealed record ImageReport
{
    /// <summary>The version that is written and read.</summary>
    public const int Version = 1;

    /// <summary>The version of this document's schema.</summary>
    public int SchemaVersion { get; init; } = Version;

    /// <summary>The project's name.</summary>
    public required string Project { get; init; }

    /// <summary>The image.</summary>
    public required ReportedImage Image { get; init; }

    /// <summary>From a usual image to this one, step by step.</summary>
    public required IReadOnlyList<JourneyStep> Journey { get; init; }

    /// <summary>What could be smaller: what was measured first, and of that the largest first.</summary>
    public required IReadOnlyList<SizeAdvice> Advice { get; init; }

    /// <summary>The packages that the application was restored with.</summary>
    public required IReadOnlyList<ReportedPackage> Packages { get; init; }

    /// <summary>Why parts of the map are there.</summary>
    public required IReadOnlyList<SizeReason> Reasons { get; init; }

    /// <summary>What each module of the application brings; null where it is not made of any.</summary>
    public IReadOnlyList<ModuleSize>? Modules { get; init; }

    /// <summary>What changed; null where there is no image to compare with.</summary>
    public ImageDiff? Diff { get; init; }

    /// <summary>What the image may have; null where nothing is said.</summary>
    public BudgetVerdict? Budget { get; init; }

    /// <summary>Every byte of the image.</summary>
    public required SizeNode Map { get; init; }
}

/// <summary>An image that is reported on.</summary>
public sealed record ReportedImage
{
    /// <summary>The repository, without a registry.</summary>
    public required string Repository { get; init; }

    /// <summary>The tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The manifest's digest.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The platform.</summary>
    public required string Platform { get; init; }

    /// <summary>The commit; null where it is not known.</summary>
    public string? Commit { get; init; }

    /// <summary>Whether the work tree differed from the commit.</summary>
    public required bool IsDirty { get; init; }

    /// <summary>Manifest, configuration and compressed layers, in bytes.</summary>
    public required long CompressedBytes { get; init; }

    /// <summary>The files of the image, in bytes: those of the map.</summary>
    public required long UncompressedBytes { get; init; }
}

/// <summary>A package that the application was restored with.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version.</param>
public sealed record ReportedPackage(string Id, string Version);

/// <summary>A step on the way from a usual image to this one.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Bytes">What the image has after it.</param>
/// <param name="IsMeasured">Whether that was measured; otherwise it is an estimate.</param>
/// <param name="How">How the number came about.</param>
public sealed record JourneyStep(string Name, long Bytes, bool IsMeasured, string How);

/// <summary>Why a part of the map is there.</summary>
public sealed record SizeReason
{
    /// <summary>The name of the part.</summary>
    public required string Name { get; init; }

    /// <summary>How it got in, from the project on.</summary>
    public required IReadOnlyList<string> Chain { get; init; }

    /// <summary>Whether the chain is one of packages or assemblies that refer to each other, or evidence of a need.</summary>
    public required string Kind { get; init; }

    /// <summary>The types of the project that use it.</summary>
    public required IReadOnlyList<string> UsedBy { get; init; }
}
