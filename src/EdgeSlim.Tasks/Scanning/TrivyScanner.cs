using System.Text.Json;
using EdgeSlim.Processes;

namespace EdgeSlim.Scanning;

/// <summary>Trivy, by its command line and its JSON (schema version 2).</summary>
internal sealed class TrivyScanner : IScanner
{
    // The schema: an answer without it is not Trivy's.
    private const string SchemaVersion = "SchemaVersion";

    public string Name => "trivy";

    public string? MissingDatabase(string database) =>
        database.Length > 0 && !File.Exists(Path.Combine(database, "db", "trivy.db")) ? Path.Combine(database, "db", "trivy.db") : null;

    public IReadOnlyList<ProcessRequest> Commands(string program, ScanTarget target)
    {
        string[] global = target.Database.Length == 0 ? [] : ["--cache-dir", target.Database];
        string[] options = ["--quiet", "--format", "json", .. target.Database.Length == 0 ? Array.Empty<string>() : ["--skip-db-update"], .. target.Arguments];
        return
        [
            new ProcessRequest(program, [.. global, "image", "--scanners", "vuln", .. options, "--input", target.LayoutFolder]),
            new ProcessRequest(program, [.. global, "sbom", .. options, target.SbomFile]),
        ];
    }

    public bool SaysNoDatabase(string error) =>
        error.Contains("first run", StringComparison.OrdinalIgnoreCase)
        || error.Contains("failed to download vulnerability DB", StringComparison.OrdinalIgnoreCase)
        || error.Contains("DB error", StringComparison.Ordinal)
        || error.Contains("database error", StringComparison.OrdinalIgnoreCase);

    public IEnumerable<Finding> Read(JsonElement answer)
    {
        if (answer.Part(SchemaVersion).ValueKind != JsonValueKind.Number)
        {
            throw new JsonException($"there is no {SchemaVersion}");
        }

        return answer.Items("Results").SelectMany(r => r.Items("Vulnerabilities")).Select(v => new Finding
        {
            Id = v.Text("VulnerabilityID"),
            Severity = ScannerAnswer.SeverityOf(v.Text("Severity")),
            Package = v.Text("PkgName"),
            Version = v.Text("InstalledVersion"),
            FixedVersion = v.OptionalText("FixedVersion"),
            Title = v.OptionalText("Title"),
            Url = v.OptionalText("PrimaryURL"),
        });
    }
}
