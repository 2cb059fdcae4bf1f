using System.Text.Json;
using System.Text.RegularExpressions;

namespace EdgeSlim.Publishing;

/// <summary>
/// Reads the compiler's error log (<c>ErrorLog</c>; SARIF 2.1, and 1.0, which a project that asks for a log of its own
/// gets by default). Nothing depends on it but advice, so what is not understood is passed over.
/// </summary>
public static partial class AnalysisLog
{
    /// <summary>Reads the warnings of the trim and AOT analysis, without those that the code suppresses.</summary>
    /// <param name="log">The file's content.</param>
    /// <param name="projectFolder">What the files are said relative to.</param>
    /// <returns>The warnings, in the order of the log; none where it cannot be read.</returns>
    public static IReadOnlyList<AnalysisWarning> Read(ReadOnlyMemory<byte> log, string projectFolder) => Read(log, projectFolder, isSuppressed: false);

    /// <summary>Reads the warnings that the code suppresses, such as with <c>#pragma warning disable</c>.</summary>
    /// <param name="log">The file's content.</param>
    /// <param name="projectFolder">What the files are said relative to.</param>
    /// <returns>The warnings; none where the file cannot be read.</returns>
    public static IReadOnlyList<AnalysisWarning> ReadSuppressed(ReadOnlyMemory<byte> log, string projectFolder) => Read(log, projectFolder, isSuppressed: true);

    private static IReadOnlyList<AnalysisWarning> Read(ReadOnlyMemory<byte> log, string projectFolder, bool isSuppressed)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(log);
            return [.. Members(document.RootElement, "runs")
                .SelectMany(run => Members(run, "results"))
                .Where(result => Members(result, "suppressions").Length + Members(result, "suppressionStates").Length > 0 == isSuppressed)
                .Select(result => Warning(result, projectFolder))
                .OfType<AnalysisWarning>()
                .Distinct()];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static AnalysisWarning? Warning(JsonElement result, string projectFolder)
    {
        string code = Text(result, "ruleId");
        if (!AnalysisCode().IsMatch(code))
        {
            return null;
        }

        JsonElement location = Members(result, "locations").FirstOrDefault();
        JsonElement? place = Member(location, "physicalLocation") ?? Member(location, "resultFile");
        JsonElement? region = place is { } p ? Member(p, "region") : null;
        string uri = place is not { } file ? ""
            : Member(file, "artifactLocation") is { } artifact ? Text(artifact, "uri")
            : Text(file, "uri");
        string text = Member(result, "message") is { ValueKind: JsonValueKind.Object } message
            ? Text(message, "text")
            : Text(result, "message");
        return new AnalysisWarning(
            code,
            FirstSentence(text),
            Path(uri, projectFolder),
            region is { } r && Member(r, "startLine") is { ValueKind: JsonValueKind.Number } line && line.TryGetInt32(out int number) ? number : 0);
    }

    internal static string FirstSentence(string text) =>
        text.IndexOf(". ", StringComparison.Ordinal) is var end and >= 0 ? text[..end] : text.TrimEnd('.');

    private static string Path(string uri, string projectFolder)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out Uri? absolute) || !absolute.IsFile)
        {
            return Uri.UnescapeDataString(uri);
        }

        string relative = System.IO.Path.GetRelativePath(projectFolder, absolute.LocalPath);
        return relative.StartsWith("..", StringComparison.Ordinal) ? absolute.LocalPath : relative;
    }

    private static JsonElement[] Members(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Array } array ? [.. array.EnumerateArray()] : [];

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement member) ? member : null;

    private static string Text(JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    [GeneratedRegex(@"\AIL[23]\d{3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex AnalysisCode();
}
