using EdgeSlim.Bases.Runtimes;

namespace EdgeSlim.Bases;

/// <summary>What was seen in the layers of a base image.</summary>
public sealed record BaseContents
{
    /// <summary>Its C library, <c>glibc</c> or <c>musl</c>; null where there is none.</summary>
    public string? CLibrary { get; init; }

    /// <summary>The version of its C library; null where it does not say.</summary>
    public string? CLibraryVersion { get; init; }

    /// <summary>The needs of an application that it gives.</summary>
    public required IReadOnlyList<string> Offers { get; init; }

    /// <summary>The folder of the .NET runtime; null where there is none.</summary>
    public string? DotnetRoot { get; init; }

    /// <summary>The shared frameworks in it.</summary>
    public required IReadOnlyList<SharedFramework> Frameworks { get; init; }
}
