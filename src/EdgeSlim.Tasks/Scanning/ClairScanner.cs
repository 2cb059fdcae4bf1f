using System.Text.Json;
using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;

namespace EdgeSlim.Scanning;

/// <summary>
/// Clair 4, by <c>clairctl</c>. Its server fetches an image from a registry: it is told which by
/// EdgeScanReference, and it sees no document.
/// </summary>
internal sealed class ClairScanner : IScanner
{
    public string Name => "clair";

    public string? MissingDatabase(string database) => null;

    public IReadOnlyList<ProcessRequest> Commands(string program, ScanTarget target) => target.Reference.Length > 0
        ? [new ProcessRequest(program, ["report", "--out", "json", .. target.Arguments, target.Reference])]
        : throw new EdgeException(
            DiagnosticCodes.InvalidPropertyValue, "EdgeScanReference", "", "with EdgeScanner=clair, an image reference that Clair's server can fetch");

    public bool SaysNoDatabase(string error) => false;

    public IEnumerable<Finding> Read(JsonElement answer)
    {
        // clairctl answers with a list where it was asked about several images.
        JsonElement report = answer.ValueKind == JsonValueKind.Array ? answer.EnumerateArray().FirstOrDefault() : answer;
        JsonElement vulnerabilities = report.Part("vulnerabilities");
        JsonElement packages = report.Part("packages");
        if (packages.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("there are no packages");
        }

        JsonElement affected = report.Part("package_vulnerabilities");
        return (affected.ValueKind == JsonValueKind.Object ? affected.EnumerateObject() : default(JsonElement.ObjectEnumerator)).SelectMany(
            pair => pair.Value.EnumerateArray().Select(id =>
            {
                JsonElement package = packages.Part(pair.Name);
                JsonElement vulnerability = vulnerabilities.Part(id.GetString()!);
                return new Finding
                {
                    Id = vulnerability.Text("name"),
                    Severity = ScannerAnswer.SeverityOf(vulnerability.Text("normalized_severity")),
                    Package = package.Text("name"),
                    Version = package.Text("version"),
                    FixedVersion = vulnerability.OptionalText("fixed_in_version"),
                    Title = vulnerability.OptionalText("description"),
                    Url = vulnerability.OptionalText("links")?.Split(' ')[0],
                };
            }));
    }
}
