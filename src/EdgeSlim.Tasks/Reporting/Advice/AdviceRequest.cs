using EdgeSlim.Bases.Needs;
using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Reporting.Advice;

/// <summary>What advice is given on.</summary>
internal sealed record AdviceRequest
{
    /// <summary>Every byte of the image.</summary>
    public required SizeNode Map { get; init; }

    /// <summary>Why parts of it are there.</summary>
    public required IReadOnlyList<SizeReason> Reasons { get; init; }

    /// <summary>What the project's properties are, as far as they decide about size.</summary>
    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    /// <summary>What the application needs.</summary>
    public required ApplicationNeeds Needs { get; init; }

    /// <summary>Files of the application with the same content.</summary>
    public required IReadOnlyList<SameFiles> Duplicates { get; init; }

    /// <summary>What the compiler made of generic types for the types of an assembly, in bytes, by its simple name.</summary>
    public IReadOnlyDictionary<string, long> Instances { get; init; } = new Dictionary<string, long>();

    /// <summary>Where the application calls <c>WebApplication.CreateBuilder</c>; null where it does not.</summary>
    public string? FullBuilder { get; init; }

    /// <summary>Whether the application is compiled ahead of time.</summary>
    public required bool IsCompiled { get; init; }

    /// <summary>Whether a property has the value <c>true</c>.</summary>
    /// <param name="property">The property.</param>
    /// <param name="otherwise">What it is where nobody says.</param>
    public bool IsOn(string property, bool otherwise) =>
        Properties.GetValueOrDefault(property) is { Length: > 0 } value ? value.Equals("true", StringComparison.OrdinalIgnoreCase) : otherwise;

    /// <summary>The types of the project that use an assembly, in words; empty where none is known.</summary>
    public string UsersOf(string assembly) =>
        Reasons.FirstOrDefault(r => r.Kind == "assembly" && r.Name == assembly)?.UsedBy is { Count: > 0 } users ? string.Join(", ", users) : "";
}

/// <summary>Files with the same content.</summary>
/// <param name="Paths">Their paths in the image.</param>
/// <param name="Bytes">The bytes of each.</param>
internal sealed record SameFiles(IReadOnlyList<string> Paths, long Bytes);
