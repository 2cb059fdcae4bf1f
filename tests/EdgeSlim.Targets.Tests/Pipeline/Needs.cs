using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>What an application needs, as its facts say it.</summary>
internal static class Needs
{
    /// <summary>A list of the facts: names and certainties.</summary>
    public static string Of(PublishedProject project, string list) =>
        Summary(Read(Path.Combine(project.EdgeFolder, "facts.json")).GetProperty("needs"), list);

    /// <summary>The same where no image was made, and thus no facts.</summary>
    public static string Found(PublishedProject project, string list) =>
        Summary(Read(Path.Combine(project.Folder, "obj/edge/Release/net10.0/linux-x64/edge/needs.json")), list);

    private static string Summary(JsonElement needs, string list) => string.Join(", ", needs.GetProperty(list).EnumerateArray()
        .Select(n => $"{n.GetProperty("name").GetString()} {n.GetProperty("certainty").GetString()}"));

    private static JsonElement Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }
}
