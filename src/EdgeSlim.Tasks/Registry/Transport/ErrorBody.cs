using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EdgeSlim.Registry.Transport;

/// <summary>What an answer's body says about an error, on one line (distribution-spec 1.1, "Error Codes").</summary>
/// <param name="Text">The line; never empty.</param>
/// <param name="Codes">The codes, such as <c>DENIED</c>.</param>
internal sealed partial record ErrorBody(string Text, IReadOnlyList<string> Codes)
{
    private const int LongestText = 300;

    /// <summary>An answer without a body, or with one that could not be read.</summary>
    public static ErrorBody Empty { get; } = new("the answer says nothing more", []);

    public static ErrorBody Parse(string body) => FromJson(body) ?? FromText(body);

    public static async Task<ErrorBody> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return Parse(Encoding.UTF8.GetString(await response.ReadStartAsync(cancellationToken)));
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // The status is known and matters more than why the rest did not arrive.
            return Empty;
        }
    }

    /// <summary>Makes one line of any text, and cuts it.</summary>
    public static string OneLine(string text)
    {
        string line = Blanks().Replace(text, " ").Trim();
        return line.Length <= LongestText ? line : line[..LongestText] + "...";
    }

    private static ErrorBody? FromJson(string body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            // The token service of OAuth 2 has fields of its own; some services say "details".
            if (!document.RootElement.TryGetProperty("errors", out JsonElement errors)
                || errors.ValueKind != JsonValueKind.Array)
            {
                string? single = Field(document.RootElement, "error_description") ?? Field(document.RootElement, "error")
                    ?? Field(document.RootElement, "details") ?? Field(document.RootElement, "message");
                return single is null ? null : new ErrorBody(OneLine(single), []);
            }

            List<string> codes = [];
            List<string> lines = [];
            foreach (JsonElement error in errors.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object))
            {
                string? code = Field(error, "code");
                codes.AddRange(code is null ? [] : [code]);
                lines.Add(string.Join(": ", new[] { code, Field(error, "message") }.Where(t => !string.IsNullOrEmpty(t))));
            }

            return lines.Count == 0 ? null : new ErrorBody(OneLine(string.Join("; ", lines)), codes);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ErrorBody FromText(string body)
    {
        Match title = Title().Match(body);
        string text = title.Success ? title.Groups[1].Value : Tags().Replace(body, " ");
        string line = OneLine(text);
        return line.Length == 0 ? Empty : new ErrorBody(line, []);
    }

    private static string? Field(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Blanks();

    [GeneratedRegex("<title>([^<]+)</title>", RegexOptions.IgnoreCase)]
    private static partial Regex Title();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();
}
