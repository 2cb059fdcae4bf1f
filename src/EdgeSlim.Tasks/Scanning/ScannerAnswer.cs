using System.Text.Json;

namespace EdgeSlim.Scanning;

/// <summary>Reads what scanners answer, in which much may be missing or null.</summary>
internal static class ScannerAnswer
{
    public static IEnumerable<JsonElement> Items(this JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out JsonElement items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray()
            : [];

    public static JsonElement Part(this JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out JsonElement part) ? part : default;

    public static string Text(this JsonElement element, string property) => element.OptionalText(property) ?? "";

    public static string? OptionalText(this JsonElement element, string property) =>
        element.Part(property) is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } value ? value : null;

    public static Severity SeverityOf(string word) => word.ToUpperInvariant() switch
    {
        "CRITICAL" => Severity.Critical,
        "HIGH" => Severity.High,
        "MEDIUM" => Severity.Medium,
        "LOW" or "NEGLIGIBLE" => Severity.Low,
        _ => Severity.Unknown,
    };
}
