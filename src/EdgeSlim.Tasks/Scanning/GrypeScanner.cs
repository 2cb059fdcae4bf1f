using System.Text.Json;
using EdgeSlim.Processes;

namespace EdgeSlim.Scanning;

/// <summary>Grype, by its command line and its JSON.</summary>
internal sealed class GrypeScanner : IScanner
{
    public string Name => "grype";

    public string? MissingDatabase(string database) =>
        database.Length > 0 && !Directory.Exists(database) ? database : null;

    public IReadOnlyList<ProcessRequest> Commands(string program, ScanTarget target)
    {
        Dictionary<string, string> environment = new() { ["GRYPE_CHECK_FOR_APP_UPDATE"] = "false" };
        if (target.Database.Length > 0)
        {
            environment["GRYPE_DB_CACHE_DIR"] = target.Database;
            environment["GRYPE_DB_AUTO_UPDATE"] = "false";
        }

        ProcessRequest Ask(string source) => new(program, [source, "--quiet", "--output", "json", .. target.Arguments]) { Environment = environment };
        return [Ask("oci-dir:" + target.LayoutFolder), Ask("sbom:" + target.SbomFile)];
    }

    public bool SaysNoDatabase(string error) =>
        error.Contains("vulnerability db", StringComparison.OrdinalIgnoreCase)
        || error.Contains("vulnerability database", StringComparison.OrdinalIgnoreCase)
        || error.Contains("database does not exist", StringComparison.OrdinalIgnoreCase);

    public IEnumerable<Finding> Read(JsonElement answer)
    {
        if (answer.Part("matches").ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("there are no matches");
        }

        return answer.Items("matches").Select(m =>
        {
            JsonElement vulnerability = m.Part("vulnerability");

            // Advisories of GitHub stand beside the number that all others know.
            string? common = m.Items("relatedVulnerabilities").Select(r => r.Text("id")).FirstOrDefault(i => i.StartsWith("CVE-", StringComparison.Ordinal));
            return new Finding
            {
                Id = common ?? vulnerability.Text("id"),
                Severity = ScannerAnswer.SeverityOf(vulnerability.Text("severity")),
                Package = m.Part("artifact").Text("name"),
                Version = m.Part("artifact").Text("version"),
                FixedVersion = vulnerability.Part("fix").Items("versions").Select(v => v.GetString()).FirstOrDefault(),
                Title = vulnerability.OptionalText("description"),
                Url = vulnerability.OptionalText("dataSource"),
            };
        });
    }
}
