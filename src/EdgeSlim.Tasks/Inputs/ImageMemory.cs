using System.Text.Json.Serialization;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Inputs;

/// <summary>What is remembered of an image, so that it is not made again of the same inputs.</summary>
internal sealed record ImageMemory
{
    /// <summary>What it was made of: hashes by name.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>The files that were left: length and time by path.</summary>
    public required IReadOnlyDictionary<string, string> Outputs { get; init; }

    /// <summary>The commit, with <c>-dirty</c> where the work tree differs; empty where unknown.</summary>
    public required string Revision { get; init; }

    /// <summary>The items that the target EdgeImage returns: name and metadata.</summary>
    public required IReadOnlyList<RememberedItem> Images { get; init; }

    /// <summary>The file of the summary.</summary>
    public required string SummaryFile { get; init; }

    /// <summary>Warnings and notes of the build, which are said in each build.</summary>
    public required IReadOnlyList<Diagnostic> Said { get; init; }
}

/// <summary>An item of MSBuild.</summary>
/// <param name="Name">What it includes.</param>
/// <param name="Metadata">Its metadata.</param>
internal sealed record RememberedItem(string Name, IReadOnlyDictionary<string, string> Metadata);

/// <summary>How the memory is written.</summary>
[JsonSerializable(typeof(ImageMemory))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class ImageMemoryJson : JsonSerializerContext;
