using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EdgeSlim.Deployment.Manifests;

/// <summary>
/// Writes a document as YAML: the same document always gives the same text, one field a line. A string is read back as it
/// was by the readers of YAML 1.1 and of 1.2, which take <c>0x10</c>, <c>off</c> or <c>1_000</c> for something else where
/// it is not quoted; the client's own writer also loses carriage returns.
/// </summary>
internal static partial class YamlWriter
{
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
        { "true", "false", "yes", "no", "on", "off", "y", "n", "null" };

    public static string Write(JsonNode document)
    {
        StringBuilder text = new();
        WriteFields(text, document.AsObject(), 0, 0);
        return text.ToString();
    }

    // The first field of an entry of a list stands behind its dash.
    private static void WriteFields(StringBuilder text, JsonObject fields, int firstIndent, int indent)
    {
        int spaces = firstIndent;
        foreach ((string key, JsonNode? value) in fields)
        {
            text.Append(' ', spaces).Append(Scalar(key)).Append(':');
            spaces = indent;
            WriteValue(text, value, indent);
        }
    }

    private static void WriteValue(StringBuilder text, JsonNode? value, int indent)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } fields:
                text.Append('\n');
                WriteFields(text, fields, indent + 2, indent + 2);
                break;
            case JsonArray { Count: > 0 } entries:
                text.Append('\n');
                WriteEntries(text, entries, indent);
                break;
            case JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String && IsBlock(scalar.GetValue<string>()):
                WriteBlock(text, scalar.GetValue<string>(), indent + 2);
                break;
            default:
                text.Append(' ').Append(Flow(value)).Append('\n');
                break;
        }
    }

    private static void WriteEntries(StringBuilder text, JsonArray entries, int indent)
    {
        foreach (JsonNode? entry in entries)
        {
            text.Append(' ', indent).Append("- ");
            if (entry is JsonObject { Count: > 0 } fields)
            {
                WriteFields(text, fields, 0, indent + 2);
            }
            else
            {
                text.Append(Flow(entry)).Append('\n');
            }
        }
    }

    private static string Flow(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        _ when value.GetValueKind() == JsonValueKind.String => Scalar(value.GetValue<string>()),
        _ => value.ToJsonString(),
    };

    // Text as it is, for people to read and for diffs of single lines.
    private static void WriteBlock(StringBuilder text, string content, int indent)
    {
        string body = content.TrimEnd('\n');
        int ends = content.Length - body.Length;
        text.Append(ends == 0 ? " |-\n" : ends == 1 ? " |\n" : " |+\n");
        foreach (string line in body.Split('\n').Concat(Enumerable.Repeat("", Math.Max(0, ends - 1))))
        {
            text.Append(line.Length == 0 ? "" : new string(' ', indent)).Append(line).Append('\n');
        }
    }

    private static bool IsBlock(string text) =>
        text.Contains('\n', StringComparison.Ordinal)
        && text[0] is not (' ' or '\t' or '\n')
        && text.EnumerateRunes().All(r => r.Value is '\n' or '\t' || IsPrintable(r));

    private static string Scalar(string text) =>
        (Plain().IsMatch(text) && !Words.Contains(text)) || Amount().IsMatch(text) ? text : Quoted(text);

    private static string Quoted(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (Rune rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ when IsPrintable(rune) => quoted.Append(rune),
                _ => quoted.Append(CultureInfo.InvariantCulture, $"\\U{rune.Value:X8}"),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static bool IsPrintable(Rune rune) =>
        rune.Value is not (0xFEFF or 0x2028 or 0x2029 or 0xFFFE or 0xFFFF) && !Rune.IsControl(rune);

    [GeneratedRegex(@"\A[A-Za-z_/][A-Za-z0-9_./@-]*(:[A-Za-z0-9_./@-]+)*\z")]
    private static partial Regex Plain();

    [GeneratedRegex(@"\A[0-9]+(m|[KMG]i?|k)\z")]
    private static partial Regex Amount();
}
