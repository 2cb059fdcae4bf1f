using EdgeSlim.Bases;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Bases.Slicing;
using EdgeSlim.Delivery;
using EdgeSlim.Git;
using EdgeSlim.LinkChecks;
using EdgeSlim.Oci;
using EdgeSlim.Policy;
using EdgeSlim.Profiles;
using EdgeSlim.Publishing;
using EdgeSlim.Scanning;
using EdgeSlim.Settings;
using EdgeSlim.Trials;
using EdgeSlim.Trials.Stress;

namespace EdgeSlim.Reporting;

/// <summary>What all stages learned: <c>facts.json</c>, of which <c>docs/facts.schema.json</c> is the schema.</summary>
public sealed record Facts
{
    /// <summary>The version of this document's schema.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>How the application was published.</summary>
    public required PublishFacts Publish { get; init; }

    /// <summary>What the analysis of the application's code says of the mode.</summary>
    public required ModeAdvice Analysis { get; init; }

    /// <summary>The application's modules, sorted by name; none where it has no modules.</summary>
    public IReadOnlyList<ModuleFacts> Modules { get; init; } = [];

    /// <summary>What the application is told from outside the image; null where it is told nothing.</summary>
    public ApplicationConfiguration? Configuration { get; init; }

    /// <summary>What of the publish went into the image, and what did not.</summary>
    public required Payload Payload { get; init; }

    /// <summary>What the application needs at run time, and how that is known.</summary>
    public required ApplicationNeeds Needs { get; init; }

    /// <summary>What the source control says.</summary>
    public required SourceRevision Source { get; init; }

    /// <summary>The image.</summary>
    public required ImageFacts Image { get; init; }

    /// <summary>What was seen of the composed image.</summary>
    public required Verdict LinkCheck { get; init; }

    /// <summary>The vulnerabilities that are known of it; null where nobody was asked.</summary>
    public ScanReport? Scan { get; init; }

    /// <summary>How it stands to what images have to be like; null where it was held against nothing.</summary>
    public PolicyReport? Policy { get; init; }

    /// <summary>How it did when it was tried under the device's limits; null where it was not.</summary>
    public TrialResult? Trial { get; init; }

    /// <summary>How it did under load; null where it was not put under any.</summary>
    public StressResult? Stress { get; init; }

    /// <summary>What it touches, and the seccomp profile that was made of that; null where that was not learned.</summary>
    public ProfileResult? Profile { get; init; }

    /// <summary>How fast the project's images started when they were tried, oldest first; none where they were not.</summary>
    public IReadOnlyList<StartPoint> StartHistory { get; init; } = [];

    /// <summary>Where it was delivered.</summary>
    public required IReadOnlyList<Delivered> Deliveries { get; init; }

    /// <summary>The debuggable twin of the image; null where there is none.</summary>
    public DebugFacts? Debug { get; init; }
}

/// <summary>The debuggable twin of the image.</summary>
public sealed record DebugFacts
{
    /// <summary>The twin.</summary>
    public required ImageFacts Image { get; init; }

    /// <summary>What was seen of it when it was composed.</summary>
    public required Verdict LinkCheck { get; init; }

    /// <summary>Where it was delivered.</summary>
    public required IReadOnlyList<Delivered> Deliveries { get; init; }
}

/// <summary>A module of the application.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsEnabled">Whether it is in the image.</param>
/// <param name="Requires">The modules that it does not work without.</param>
/// <param name="Packages">The packages that are referenced for it.</param>
public sealed record ModuleFacts(string Name, bool IsEnabled, IReadOnlyList<string> Requires, IReadOnlyList<string> Packages);

/// <summary>How the application was published.</summary>
public sealed record PublishFacts
{
    /// <summary>The project's name.</summary>
    public required string Project { get; init; }

    /// <summary>The .NET runtime identifier.</summary>
    public required string RuntimeIdentifier { get; init; }

    /// <summary>The mode: <c>aot</c>, <c>trimmed</c>, <c>selfcontained</c> or <c>framework</c>.</summary>
    public required string Mode { get; init; }

    /// <summary>Why it is this mode, in words.</summary>
    public required string ModeReason { get; init; }

    /// <summary>EdgeOptimize.</summary>
    public required string Optimize { get; init; }

    /// <summary>The native toolchain and why it; null without Native AOT.</summary>
    public string? Toolchain { get; init; }

    /// <summary>The version of the .NET SDK.</summary>
    public required string SdkVersion { get; init; }
}

/// <summary>The image.</summary>
public sealed record ImageFacts
{
    /// <summary>The repository, without a registry.</summary>
    public required string Repository { get; init; }

    /// <summary>The tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>The manifest's digest.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The platform.</summary>
    public required Platform Platform { get; init; }

    /// <summary>The base image.</summary>
    public required BaseFacts Base { get; init; }

    /// <summary>Who its programs run as.</summary>
    public required string User { get; init; }

    /// <summary>The ports that it exposes, sorted.</summary>
    public required IReadOnlyList<string> Ports { get; init; }

    /// <summary>Its labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Manifest, configuration and compressed layers, in bytes.</summary>
    public required long CompressedBytes { get; init; }

    /// <summary>The files of the layers on top of the base, in bytes.</summary>
    public required long UncompressedBytes { get; init; }

    /// <summary>The layers, base first.</summary>
    public required IReadOnlyList<LayerFacts> Layers { get; init; }
}

/// <summary>The base image, and why it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">What was seen that it was chosen by.</param>
public sealed record BaseFacts(string Name, string Reason)
{
    /// <summary>The bases that were considered, smallest first; none where the user names one.</summary>
    public IReadOnlyList<Rung> Ladder { get; init; } = [];

    /// <summary>What was taken of the build machine or of another image; null where nothing was.</summary>
    public SliceFacts? Slice { get; init; }

    /// <summary>The digest of its manifest; null for scratch.</summary>
    public Digest? Digest { get; init; }

    /// <summary>Where it was pulled from, if a mirror stood in.</summary>
    public string? PulledFrom { get; init; }

    /// <summary>Whether the lock file said which one it is; null for scratch.</summary>
    public bool? IsLocked { get; init; }

    /// <summary>What was seen in its layers; null for scratch.</summary>
    public BaseContents? Contents { get; init; }
}

/// <summary>What was taken of a root file system.</summary>
/// <param name="Source">Which.</param>
/// <param name="Packages">The packages that the files belong to.</param>
/// <param name="Files">The files.</param>
public sealed record SliceFacts(
    string Source, IReadOnlyList<SlicedPackage> Packages, IReadOnlyList<SlicedFileFacts> Files);

/// <summary>A file or link that was taken.</summary>
/// <param name="Path">Its path in the image.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Package">The package that it belongs to; null where none is known.</param>
/// <param name="Reason">Why the image has it.</param>
public sealed record SlicedFileFacts(string Path, long Bytes, string? Package, string? Reason);

/// <summary>A layer.</summary>
/// <param name="Name">What it holds; null for a layer of the base image.</param>
/// <param name="Digest">The digest of the compressed blob.</param>
/// <param name="CompressedBytes">The size of the compressed blob.</param>
/// <param name="Files">The number of its files; null for a layer of the base image.</param>
public sealed record LayerFacts(string? Name, Digest Digest, long CompressedBytes, int? Files);
