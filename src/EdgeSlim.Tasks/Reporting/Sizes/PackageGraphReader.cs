using System.Text.Json;

namespace EdgeSlim.Reporting.Sizes;

/// <summary>Reads <c>project.assets.json</c>, in which NuGet says what a restore chose.</summary>
public static class PackageGraphReader
{
    private static readonly string[] FileGroups = ["runtime", "native", "runtimeTargets"];

    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="runtimeIdentifier">The platform that is published for.</param>
    /// <returns>The packages; none where the file is missing or says nothing that is understood.</returns>
    public static PackageGraph Read(string path, string runtimeIdentifier)
    {
        if (!File.Exists(path))
        {
            return PackageGraph.Empty;
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(stream);
            return Read(document.RootElement, runtimeIdentifier);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException or KeyNotFoundException
            or IndexOutOfRangeException)
        {
            return PackageGraph.Empty;
        }
    }

    private static PackageGraph Read(JsonElement assets, string runtimeIdentifier)
    {
        HashSet<string> direct = new(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty framework in assets.GetProperty("project").GetProperty("frameworks").EnumerateObject())
        {
            if (framework.Value.TryGetProperty("dependencies", out JsonElement dependencies))
            {
                direct.UnionWith(dependencies.EnumerateObject().Select(d => d.Name));
            }
        }

        // What a referenced project names is as near to the user as what the project names.
        JsonProperty[] targets = [.. assets.GetProperty("targets").EnumerateObject()];
        JsonElement target = targets.FirstOrDefault(t => t.Name.EndsWith("/" + runtimeIdentifier, StringComparison.Ordinal)) is { Name: not null } exact
            ? exact.Value
            : targets[0].Value;
        JsonProperty[] entries = [.. target.EnumerateObject()];
        foreach (JsonProperty project in entries.Where(e => IsOfType(e.Value, "project")))
        {
            direct.UnionWith(Dependencies(project.Value));
        }

        return new PackageGraph([.. entries.Where(e => IsOfType(e.Value, "package")).Select(e =>
        {
            string[] parts = e.Name.Split('/', 2);
            return new GraphPackage(
                parts[0], parts.ElementAtOrDefault(1) ?? "", direct.Contains(parts[0]), Dependencies(e.Value), [.. Files(e.Value)]);
        })]);
    }

    private static bool IsOfType(JsonElement entry, string type) =>
        entry.TryGetProperty("type", out JsonElement value) && value.GetString() == type;

    private static string[] Dependencies(JsonElement entry) =>
        entry.TryGetProperty("dependencies", out JsonElement dependencies)
            ? [.. dependencies.EnumerateObject().Select(d => d.Name)]
            : [];

    private static IEnumerable<string> Files(JsonElement entry) => FileGroups
        .SelectMany(g => entry.TryGetProperty(g, out JsonElement files) ? files.EnumerateObject().Select(f => f.Name) : [])
        .Select(f => f[(f.LastIndexOf('/') + 1)..])
        .Where(f => f != "_._")
        .Distinct();
}
