using System.Text.Json;
using EdgeSlim.Processes;

namespace EdgeSlim.Policy;

/// <summary>Conftest, by <c>conftest test</c> and its JSON.</summary>
internal sealed class ConftestEngine : IRegoEngine
{
    public string Name => "conftest";

    public ProcessRequest Command(string program, IReadOnlyList<string> policies, string inputFile) => new(
        program,
        ["test", "--output", "json", "--no-fail", "--all-namespaces", .. policies.SelectMany(p => new[] { "--policy", p }), inputFile]);

    public string? Complaint(ProcessResult result) =>
        OpaEngine.RegoError().Match(result.Error) is { Success: true } match ? match.Value : null;

    public IEnumerable<RegoVerdict> Read(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("it is no list");
        }

        return answer.EnumerateArray().Select(r => new RegoVerdict(
            r.GetProperty("namespace").GetString() ?? "", Texts(r, "failures"), Texts(r, "warnings")));
    }

    private static string[] Texts(JsonElement result, string name) =>
        result.TryGetProperty(name, out JsonElement messages) && messages.ValueKind == JsonValueKind.Array
            ? [.. messages.EnumerateArray().Select(RegoText.Of)]
            : [];
}
