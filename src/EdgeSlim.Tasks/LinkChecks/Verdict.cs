using EdgeSlim.Oci;

namespace EdgeSlim.LinkChecks;

/// <summary>What was seen of an image that is delivered: everything that it needs to start is in it.</summary>
public sealed record Verdict
{
    /// <summary>The digest of the image's manifest.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The program that a container of the image starts, and what the dynamic linker loads for it.</summary>
    public required IReadOnlyList<string> Loaded { get; init; }

    /// <summary>The number of ELF files in the image, all of which were looked into.</summary>
    public required int NativeFiles { get; init; }

    /// <summary>What may fail later: of libraries that are opened at run time, and of programs beside the application.</summary>
    public required IReadOnlyList<Problem> Warnings { get; init; }

    /// <summary>What EdgeLinkCheckIgnore passed over.</summary>
    public required IReadOnlyList<Problem> Ignored { get; init; }
}

/// <summary>How a link check ended.</summary>
/// <param name="Verdict">What was seen.</param>
/// <param name="Errors">Why the image cannot be delivered; none where it can.</param>
public sealed record LinkCheckResult(Verdict Verdict, IReadOnlyList<Problem> Errors);
