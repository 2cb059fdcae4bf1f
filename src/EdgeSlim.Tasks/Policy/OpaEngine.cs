using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeSlim.Processes;

namespace EdgeSlim.Policy;

/// <summary>
/// OPA, by <c>opa eval</c> and its JSON. It is asked for the whole document of rules, in which those are taken whose names are
/// what conftest goes by.
/// </summary>
internal sealed partial class OpaEngine : IRegoEngine
{
    public string Name => "opa";

    public ProcessRequest Command(string program, IReadOnlyList<string> policies, string inputFile) => new(
        program,
        ["eval", "--format", "json", "--strict-builtin-errors", "--input", inputFile, .. policies.SelectMany(p => new[] { "--data", p }), "data"]);

    public string? Complaint(ProcessResult result)
    {
        if (TryParse(result.Output) is not JsonDocument answer)
        {
            return RegoError().Match(result.Error) is { Success: true } match ? match.Value : null;
        }

        using (answer)
        {
            return answer.RootElement.ValueKind == JsonValueKind.Object
                && answer.RootElement.TryGetProperty("errors", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array
                && errors.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first
                    ? Describe(first)
                    : null;
        }
    }

    public IEnumerable<RegoVerdict> Read(JsonElement answer)
    {
        // Without rules there is no result; with some, there is one.
        if (!answer.TryGetProperty("result", out JsonElement results) || results.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("there is no result");
        }

        JsonElement rules = results.EnumerateArray().Single().GetProperty("expressions").EnumerateArray().Single().GetProperty("value");
        return Packages(rules, []);
    }

    private static List<RegoVerdict> Packages(JsonElement package, string[] path)
    {
        List<string> denials = [];
        List<string> warnings = [];
        List<RegoVerdict> below = [];
        bool hasRules = false;
        foreach (JsonProperty rule in package.EnumerateObject())
        {
            Match name = RuleName().Match(rule.Name);
            if (name.Success && rule.Value.ValueKind != JsonValueKind.Object)
            {
                hasRules = true;
                (name.Groups["kind"].Value == "warn" ? warnings : denials).AddRange(Texts(rule));
            }
            else if (rule.Value.ValueKind == JsonValueKind.Object)
            {
                below.AddRange(Packages(rule.Value, [.. path, rule.Name]));
            }
        }

        return hasRules ? [new RegoVerdict(string.Join('.', path), denials, warnings), .. below] : below;
    }

    private static IEnumerable<string> Texts(JsonProperty rule) => rule.Value.ValueKind == JsonValueKind.Array
        ? rule.Value.EnumerateArray().Select(RegoText.Of)
        : throw new JsonException($"'{rule.Name}' is no set of messages");

    private static string Describe(JsonElement error)
    {
        string text = error.TryGetProperty("message", out JsonElement message) ? message.ToString() : error.ToString();
        return error.TryGetProperty("location", out JsonElement at) && at.ValueKind == JsonValueKind.Object && at.TryGetProperty("file", out JsonElement file)
            ? $"{file}:{(at.TryGetProperty("row", out JsonElement row) ? row.ToString() : "")}: {text}"
            : text;
    }

    private static JsonDocument? TryParse(string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"\A(?<kind>deny|violation|warn)(?:_[a-zA-Z0-9]+)*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex RuleName();

    [GeneratedRegex(@"[^\s][^\n]*rego_(?:parse|compile|type|unsafe_var|recursion)[a-z_]*error[^\n]*|rego_(?:parse|compile|type|unsafe_var|recursion)[a-z_]*error[^\n]*")]
    internal static partial Regex RegoError();
}

/// <summary>Messages of rules: a text, or an object with one.</summary>
internal static class RegoText
{
    public static string Of(JsonElement message) => message.ValueKind switch
    {
        JsonValueKind.String => message.GetString()!,
        JsonValueKind.Object when message.TryGetProperty("msg", out JsonElement text) && text.ValueKind == JsonValueKind.String => text.GetString()!,
        _ => throw new JsonException("a message is neither a text nor an object with 'msg'"),
    };
}
