using System.Text.Json;

namespace EdgeSlim.Builds;

/// <summary>An item that a target returned.</summary>
/// <param name="Name">What it includes.</param>
/// <param name="Metadata">Its metadata, without those that MSBuild derives from the name.</param>
public sealed record ReturnedItem(string Name, IReadOnlyDictionary<string, string> Metadata);

/// <summary>Reads what <c>-getTargetResult</c> writes.</summary>
public static class TargetResult
{
    private static readonly HashSet<string> Derived = new(StringComparer.OrdinalIgnoreCase)
    {
        "Identity", "FullPath", "RootDir", "Filename", "Extension", "RelativeDir", "Directory", "RecursiveDir", "ModifiedTime", "CreatedTime", "AccessedTime",
        "DefiningProjectFullPath", "DefiningProjectDirectory", "DefiningProjectName", "DefiningProjectExtension",
        "OriginalItemSpec", "MSBuildSourceProjectFile", "MSBuildSourceTargetName",
    };

    /// <summary>Reads the items of a target.</summary>
    /// <param name="json">The document.</param>
    /// <param name="target">The target.</param>
    /// <exception cref="JsonException">It is none.</exception>
    public static IReadOnlyList<ReturnedItem> Items(ReadOnlyMemory<byte> json, string target)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return !document.RootElement.TryGetProperty("TargetResults", out JsonElement results) || !results.TryGetProperty(target, out JsonElement result)
            ? []
            : [.. result.GetProperty("Items").EnumerateArray().Select(Item)];
    }

    private static ReturnedItem Item(JsonElement item) => new(
        item.GetProperty("Identity").GetString()!,
        item.EnumerateObject().Where(p => !Derived.Contains(p.Name)).ToDictionary(p => p.Name, p => p.Value.GetString() ?? ""));
}
