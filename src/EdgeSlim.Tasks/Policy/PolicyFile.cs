using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Policy;

/// <summary>What <c>edge.policy.json</c> says; <c>docs/edge.policy.schema.json</c> is its schema.</summary>
public sealed record PolicyFile
{
    // Setters, and not 'init': what a file does not say keeps its default then.

    /// <summary>The schema's address, for editors.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; set; }

    /// <summary>The levels of rules, by name.</summary>
    public IReadOnlyDictionary<string, PolicyLevel> Rules { get; set; } = new Dictionary<string, PolicyLevel>();

    /// <summary>Where bases may come from; null for the official places.</summary>
    public IReadOnlyList<string>? AllowedBases { get; set; }

    /// <summary>The most bytes that an image may have, compressed.</summary>
    public long? MaxBytes { get; set; }

    /// <summary>Labels that images have to have.</summary>
    public IReadOnlyList<string> RequiredLabels { get; set; } = [];

    /// <summary>What is let pass.</summary>
    public IReadOnlyList<PolicyExemption> Exemptions { get; set; } = [];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="EdgeException">It is no policy (EDGE5080).</exception>
    public static PolicyFile Read(string path)
    {
        try
        {
            PolicyFile file = JsonSerializer.Deserialize(File.ReadAllBytes(path), PolicyJson.Documents.PolicyFile)
                ?? throw new JsonException("The document is null.");
            return file.Complaint() is string complaint ? throw new EdgeException(DiagnosticCodes.PolicyMalformed, path, complaint) : file;
        }
        catch (JsonException e)
        {
            // Counted from zero.
            throw new EdgeException(e, DiagnosticCodes.PolicyMalformed, path, e.Message.Split(" Path:")[0].Split(" LineNumber:")[0])
            {
                Location = new SourceLocation(path, (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.PolicyMalformed, path, e.Message);
        }
    }

    private string? Complaint() =>
        Rules.Keys.Concat(Exemptions.Select(e => e?.Rule ?? "null")).FirstOrDefault(n => PolicyRule.All.All(r => r.Name != n)) is string unknown
            ? $"there is no rule '{unknown}'; there are {PolicyRule.Names}"
        : Rules.FirstOrDefault(r => !Enum.IsDefined(r.Value)) is { Key: string odd } ? $"the level of '{odd}' is not error, warn or off"
        : Exemptions.FirstOrDefault(e => string.IsNullOrWhiteSpace(e.Reason)) is PolicyExemption silent
            ? $"the exemption for '{silent.Subject}' gives no reason"
        : MaxBytes is <= 0 ? $"maxBytes is {MaxBytes}"
        : (AllowedBases ?? []).Concat(RequiredLabels).Any(string.IsNullOrWhiteSpace) ? "an element of a list is empty"
        : null;
}
