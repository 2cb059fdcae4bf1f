using System.Text.Json;

namespace EdgeSlim.Reproduction;

/// <summary>Finds the fields in which two documents differ.</summary>
internal static class JsonComparison
{
    private const int MostShown = 60;

    public static IReadOnlyList<Difference> Compare(byte[] one, byte[] other)
    {
        using JsonDocument first = JsonDocument.Parse(one);
        using JsonDocument second = JsonDocument.Parse(other);
        return [.. Compare("", first.RootElement, second.RootElement)];
    }

    private static IEnumerable<Difference> Compare(string path, JsonElement one, JsonElement other)
    {
        // An object that only one of them has is told by its fields.
        if (IsObject(one) && IsObject(other) && (one.ValueKind == JsonValueKind.Object || other.ValueKind == JsonValueKind.Object))
        {
            string[] names = [.. Fields(one).Concat(Fields(other)).Distinct()];
            return names.SelectMany(n => Compare(Child(path, n), Part(one, n), Part(other, n)));
        }

        if (one.ValueKind == JsonValueKind.Array && other.ValueKind == JsonValueKind.Array && one.GetArrayLength() == other.GetArrayLength())
        {
            return one.EnumerateArray().Zip(other.EnumerateArray()).SelectMany((p, i) => Compare($"{path}[{i}]", p.First, p.Second));
        }

        return Text(one) == Text(other) ? [] : [new Difference(path, $"{Shown(one)}, and then {Shown(other)}")];
    }

    private static bool IsObject(JsonElement element) => element.ValueKind is JsonValueKind.Object or JsonValueKind.Undefined;

    private static IEnumerable<string> Fields(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object ? element.EnumerateObject().Select(p => p.Name) : [];

    private static JsonElement Part(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement part) ? part : default;

    // Labels have dots in their names.
    private static string Child(string path, string name) =>
        name.Contains('.', StringComparison.Ordinal) ? $"{path}[\"{name}\"]" : path.Length == 0 ? name : $"{path}.{name}";

    private static string Text(JsonElement element) => element.ValueKind == JsonValueKind.Undefined ? "" : element.GetRawText();

    private static string Shown(JsonElement element) => Text(element) switch
    {
        "" => "nothing",
        { Length: > MostShown } text => text[..MostShown] + "...",
        string text => text,
    };
}
