using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;
using EdgeSlim.Scanning;

namespace EdgeSlim.Tests.Scanning;

/// <summary>What a real scanner cannot be made to do: fakes that do it. The real one runs in the end-to-end tests.</summary>
[TestClass]
public sealed class ScannerRunTests
{
    private const string Trivy =
        """
        {"SchemaVersion":2,"Results":[{"Target":"x"},{"Vulnerabilities":[{"VulnerabilityID":"CVE-2024-21907","PkgName":"Newtonsoft.Json",
        "InstalledVersion":"12.0.3","FixedVersion":"13.0.1","Severity":"HIGH","Title":"Improper Handling","PrimaryURL":"https://avd.example"}]}]}
        """;

    private const string Grype =
        """
        {"matches":[{"vulnerability":{"id":"GHSA-5crp-9r3c-p9vr","severity":"High","fix":{"versions":["13.0.1"],"state":"fixed"},
        "dataSource":"https://github.example"},"relatedVulnerabilities":[{"id":"CVE-2024-21907"}],
        "artifact":{"name":"Newtonsoft.Json","version":"12.0.3","purl":"pkg:nuget/Newtonsoft.Json@12.0.3"}}]}
        """;

    private const string Clair =
        """
        {"manifest_hash":"sha256:0","packages":{"1":{"id":"1","name":"Newtonsoft.Json","version":"12.0.3"}},
        "vulnerabilities":{"7":{"name":"CVE-2024-21907","normalized_severity":"High","fixed_in_version":"13.0.1","links":"https://a.example https://b.example"}},
        "package_vulnerabilities":{"1":["7"]}}
        """;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("trivy", Trivy)]
    [DataRow("grype", Grype)]
    [DataRow("clairctl", Clair)]
    public async Task Each_scanner_is_understood(string name, string answer)
    {
        Scan scan = await AskAsync(name, $"cat <<'END'\n{answer}\nEND");
        Finding finding = scan.Findings[0];
        Assert.AreEqual("CVE-2024-21907", finding.Id);
        Assert.AreEqual(Severity.High, finding.Severity);
        Assert.AreEqual("Newtonsoft.Json 12.0.3 13.0.1", $"{finding.Package} {finding.Version} {finding.FixedVersion}");
    }

    [TestMethod]
    [DataRow("trivy", "echo broken >&2; exit 1", "EDGE5033")]
    [DataRow("trivy", "kill -SEGV $$", "EDGE5033")]
    [DataRow("trivy", "echo hello", "EDGE5035")]
    [DataRow("trivy", "echo '{}'", "EDGE5035")]
    [DataRow("trivy", "true", "EDGE5035")]
    [DataRow("grype", "echo '[]'", "EDGE5035")]
    [DataRow("clairctl", "echo '{\"packages\":7}'", "EDGE5035")]
    [DataRow("trivy", "echo 'init error: DB error: database error: --skip-db-update cannot be specified on the first run' >&2; exit 1", "EDGE5036")]
    [DataRow("grype", "echo 'failed to load vulnerability db: database does not exist' >&2; exit 1", "EDGE5036")]
    public async Task A_scanner_that_does_not_do_its_work_is_an_error(string name, string script, string code)
    {
        EdgeException error = await Assert.ThrowsExactlyAsync<EdgeException>(() => AskAsync(name, script));
        Assert.AreEqual(code, error.Code);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task A_scanner_that_hangs_is_ended()
    {
        EdgeException error = await Assert.ThrowsExactlyAsync<EdgeException>(() => AskAsync("trivy", "sleep 600 & wait", timeout: 1));
        Assert.AreEqual("EDGE5034", error.Code);
    }

    [TestMethod]
    public async Task A_database_that_is_not_there_is_said_before_the_scanner_is_started()
    {
        EdgeException error = await Assert.ThrowsExactlyAsync<EdgeException>(() => AskAsync("trivy", "exit 7", database: "/nowhere"));
        Assert.AreEqual("EDGE5036", error.Code);
        Assert.Contains("/nowhere/db/trivy.db", error.Message);
    }

    [TestMethod]
    public async Task Clair_without_a_reference_is_an_error() => Assert.AreEqual(
        "EDGE9004",
        (await Assert.ThrowsExactlyAsync<EdgeException>(() => AskAsync("clairctl", "exit 7", reference: ""))).Code);

    [TestMethod]
    public void A_scanner_that_has_to_be_there_and_is_not_is_an_error()
    {
        MachineTools none = new("/nowhere");
        Assert.IsNull(Scanners.Find("", isRequired: false, none));
        Assert.AreEqual("EDGE5032", Assert.ThrowsExactly<EdgeException>(() => Scanners.Find("", isRequired: true, none)).Code);
        Assert.AreEqual("EDGE5032", Assert.ThrowsExactly<EdgeException>(() => Scanners.Find("trivy", isRequired: false, none)).Code);
        Assert.AreEqual("EDGE5032", Assert.ThrowsExactly<EdgeException>(() => Scanners.Find("/nowhere/trivy", isRequired: false, none)).Code);
    }

    [TestMethod]
    public void Arguments_of_the_user_and_the_database_reach_the_scanner()
    {
        ScanTarget target = new("/layout", "/sbom", "/db", "", ["--offline-scan"]);
        Assert.AreEqual(
            "--cache-dir /db image --scanners vuln --quiet --format json --skip-db-update --offline-scan --input /layout",
            string.Join(' ', new TrivyScanner().Commands("trivy", target)[0].Arguments));
        Assert.AreEqual("/db", new GrypeScanner().Commands("grype", target)[0].Environment["GRYPE_DB_CACHE_DIR"]);
        Assert.AreEqual("sbom:/sbom --quiet --output json --offline-scan", string.Join(' ', new GrypeScanner().Commands("grype", target)[1].Arguments));
    }

    private async Task<Scan> AskAsync(
        string name, string script, int timeout = 30, string database = "", string reference = "registry.example/agent:1")
    {
        using TemporaryFolder folder = new();
        string program = folder.WriteProgram(name, "#!/bin/sh\n" + script + "\n");
        (IScanner scanner, string found) = Scanners.Find(program, isRequired: true, new MachineTools("/nowhere"))!.Value;
        return await new ScannerRun(scanner, found, TimeSpan.FromSeconds(timeout)).AskAsync(
            new ScanTarget("/layout", "/sbom", database, reference, []), TestContext.CancellationToken);
    }
}
