using System.Formats.Tar;
using EdgeSlim.Oci;
using EdgeSlim.Policy;
using EdgeSlim.Scanning;
using EdgeSlim.Tests.LinkChecks;

namespace EdgeSlim.Tests.Policy;

[TestClass]
public sealed class PolicyJudgeTests
{
    [TestMethod]
    public void An_image_that_has_nothing_of_it_passes_each_rule()
    {
        IReadOnlyList<PolicyCheck> checks = PolicyImage.Judge(
            PolicyImage.Strict(new PolicyFile { MaxBytes = 1_000_000, RequiredLabels = ["team"] }), PolicyImage.Clean,
            PolicyImage.Usual with { ExposedPorts = new Dictionary<string, EmptyObject> { ["8080/tcp"] = new() } }, Scan(Severity.High));

        Assert.AreSequenceEqual(PolicyRule.All.Select(r => r.Name), checks.Select(c => c.Rule));
        Assert.IsEmpty(checks.Where(c => c.Verdict != PolicyVerdict.Passed).Select(c => $"{c.Rule}: {PolicyReporter.Subjects(c)}"));
    }

    [TestMethod]
    [DataRow("ssh-server", "usr/sbin/sshd", 0b111_101_101)]
    [DataRow("ssh-server", "opt/dropbear", 0b111_101_101)]
    [DataRow("shell", "bin/sh", 0b111_101_101)]
    [DataRow("shell", "usr/bin/bash", 0b111_101_101)]
    [DataRow("shell", "busybox/busybox", 0b111_101_101)]
    [DataRow("package-manager", "usr/bin/apt-get", 0b111_101_101)]
    [DataRow("package-manager", "sbin/apk", 0b111_101_101)]
    [DataRow("setuid", "app/helper", 0b100_111_101_101)]
    [DataRow("setuid", "app/helper", 0b010_111_101_101)]
    [DataRow("world-writable", "app/state", 0b110_110_110)]
    [DataRow("compiler", "usr/bin/gcc-12", 0b111_101_101)]
    [DataRow("compiler", "usr/bin/x86_64-linux-gnu-ld.bfd", 0b111_101_101)]
    [DataRow("compiler", "usr/bin/gdb", 0b111_101_101)]
    [DataRow("compiler", "usr/share/dotnet/sdk/10.0.401/dotnet.dll", 0b110_100_100)]
    [DataRow("debug-symbols", "app/agent.pdb", 0b110_100_100)]
    [DataRow("debug-symbols", "usr/lib/debug/.build-id/ab/c.debug", 0b110_100_100)]
    [DataRow("secret", "app/.env", 0b110_100_100)]
    [DataRow("secret", "root/.ssh/id_rsa", 0b110_000_000)]
    public void A_file_breaks_its_rule_and_no_other(string rule, string path, int mode) =>
        Breaks(rule, "/" + path, PolicyImage.Judge(PolicyImage.Strict(), tar =>
        {
            PolicyImage.Clean(tar);
            tar.Text(path, "content", mode);
        }));

    [TestMethod]
    public void A_folder_that_everybody_may_write_and_a_link_that_is_a_shell_break_theirs()
    {
        IReadOnlyList<PolicyCheck> checks = PolicyImage.Judge(PolicyImage.Strict(), tar =>
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "var/run/") { Mode = (UnixFileMode)0b001_111_111_111 });
            tar.Link(TarEntryType.SymbolicLink, "bin/sh", "/opt/tool");
        });
        Assert.AreEqual("/bin/sh", Check(checks, "shell").Breaches.Single().Subject);
        Assert.AreEqual("/var/run (mode 01777)", PolicyReporter.Subjects(Check(checks, "world-writable")));
    }

    [TestMethod]
    [DataRow("0")]
    [DataRow("root")]
    [DataRow("root:app")]
    [DataRow("toor")]
    [DataRow("0:65532")]
    [DataRow("")]
    [DataRow(null)]
    public void Whoever_has_the_id_of_root_is_root(string? user) => Breaks(
        "root-user", string.IsNullOrEmpty(user) ? "root" : user,
        PolicyImage.Judge(PolicyImage.Strict(), PolicyImage.Clean, PolicyImage.Usual with { User = user }));

    [TestMethod]
    [DataRow("80/tcp", true)]
    [DataRow("1023", true)]
    [DataRow("443-1500/tcp", true)]
    [DataRow("1024/udp", false)]
    public void A_port_is_low_below_1024(string port, bool isLow) => Assert.AreEqual(
        isLow ? PolicyVerdict.Failed : PolicyVerdict.Passed,
        Check(
            PolicyImage.Judge(PolicyImage.Strict(), PolicyImage.Clean, PolicyImage.Usual with { ExposedPorts = new Dictionary<string, EmptyObject> { [port] = new() } }),
            "low-port").Verdict);

    [TestMethod]
    public void Size_labels_and_findings_are_held_against_what_was_asked_for()
    {
        IReadOnlyList<PolicyCheck> checks = PolicyImage.Judge(
            PolicyImage.Strict(new PolicyFile { MaxBytes = 1000, RequiredLabels = ["team", "site"] }), PolicyImage.Clean, scan: Scan(Severity.Critical));
        Assert.Contains("bytes compressed, where 1000 are allowed", PolicyReporter.Subjects(Check(checks, "size")));
        Assert.AreEqual("site", PolicyReporter.Subjects(Check(checks, "label")));
        Assert.AreEqual("CVE-1 (P 1)", PolicyReporter.Subjects(Check(checks, "critical-finding")));
        Assert.AreEqual(
            PolicyVerdict.Passed,
            Check(PolicyImage.Judge(PolicyImage.Strict(), PolicyImage.Clean, scan: Scan(Severity.Critical, ScanVerdict.NotPresent)), "critical-finding").Verdict);
    }

    [TestMethod]
    public void A_secret_counts_in_a_layer_whose_file_is_hidden_and_in_variables_and_is_not_repeated()
    {
        string token = "gh" + "p_" + "aB3dE5fG7hI9jK1lM2nO4pQ6rS8tU0vW1xY3";
        IReadOnlyList<PolicyCheck> checks = PolicyImage.Judge(
            PolicyImage.Strict(),
            tar =>
            {
                tar.Text("app/config", $"token = {token}");
                tar.Text("app/.wh.config", "");
                tar.Text("app/big", new string('.', 3 << 20) + token);
            },
            PolicyImage.Usual with { Env = [$"TOKEN={token}"] });

        Assert.AreEqual("/app/config (a token of GitHub), variable TOKEN (a token of GitHub)", PolicyReporter.Subjects(Check(checks, "secret")));
    }

    [TestMethod]
    public void What_is_exempted_passes_with_its_reason_until_its_day()
    {
        PolicyExemption exemption = new("setuid", "/usr/**", "known", PolicyImage.Today);
        PolicyCheck With(PolicyExemption e, string path) => Check(
            PolicyImage.Judge(PolicyImage.Strict(new PolicyFile { Exemptions = [e] }), tar => tar.Text(path, "x", 0b100_111_101_101)), "setuid");

        Assert.AreEqual("passed known", $"{With(exemption, "usr/bin/su").Verdict} {With(exemption, "usr/bin/su").Breaches.Single().Exempted}".ToLowerInvariant());
        Assert.AreEqual(PolicyVerdict.Failed, With(exemption, "bin/su").Verdict);
        Assert.AreEqual(PolicyVerdict.Failed, With(exemption with { Expires = PolicyImage.Today.AddDays(-1) }, "usr/bin/su").Verdict);
        Assert.AreEqual(PolicyVerdict.Failed, With(exemption with { Rule = "shell" }, "usr/bin/su").Verdict);
    }

    [TestMethod]
    [DataRow("scratch", true)]
    [DataRow("sliced", true)]
    [DataRow("oci:base", true)]
    [DataRow("base.tar.gz", true)]
    [DataRow("localhost:5000/base", true)]
    [DataRow("127.0.0.1:5000/base:1", true)]
    [DataRow("mcr.microsoft.com/dotnet/runtime-deps:10.0", true)]
    [DataRow("debian:12", true)]
    [DataRow("someone/debian:12", false)]
    [DataRow("mcr.microsoft.com.example.com/dotnet", false)]
    [DataRow("gcr.io/distroless/static", true)]
    [DataRow("gcr.io/distrolessly/static", false)]
    [DataRow("ghcr.io/acme/base", false)]
    public void Bases_come_from_official_places_or_this_machine(string name, bool isAllowed) =>
        Assert.AreEqual(isAllowed, BaseRules.OfSource(name, PolicySettings.OfficialBases) is null);

    [TestMethod]
    public void Who_names_places_means_no_others()
    {
        string[] allowed = ["ghcr.io/acme/"];
        Assert.IsNull(BaseRules.OfSource("ghcr.io/acme/base:1", allowed));
        Assert.IsNotNull(BaseRules.OfSource("debian:12", allowed));
        Assert.IsNotNull(BaseRules.OfSource("oci:base", allowed));
        Assert.IsNotNull(BaseRules.OfSource("scratch", allowed));
    }

    [TestMethod]
    public void A_base_is_pinned_by_its_name_or_by_the_lock_file()
    {
        string digest = "sha256:" + new string('a', 64);
        EdgeSlim.Bases.Locking.BaseLock locked = EdgeSlim.Bases.Locking.BaseLock.Of(
            [new() { Reference = "docker.io/library/debian:12", Digest = Digest.Parse(digest), Platforms = [] }]);
        Assert.IsNull(BaseRules.OfDigest(BaseRules.Describe("debian:12", locked)));
        Assert.IsNull(BaseRules.OfDigest(BaseRules.Describe($"debian@{digest}", null)));
        Assert.IsNull(BaseRules.OfDigest(BaseRules.Describe("scratch", null)));
        Assert.IsNotNull(BaseRules.OfDigest(BaseRules.Describe("debian:13", locked)));
    }

    private static void Breaks(string rule, string subject, IReadOnlyList<PolicyCheck> checks)
    {
        Assert.AreEqual(rule, string.Join(' ', checks.Where(c => c.Verdict == PolicyVerdict.Failed).Select(c => c.Rule)));
        Assert.AreEqual(subject, Check(checks, rule).Breaches.Single().Subject);
    }

    private static PolicyCheck Check(IReadOnlyList<PolicyCheck> checks, string rule) => checks.Single(c => c.Rule == rule);

    private static ScanReport Scan(Severity severity, ScanVerdict verdict = ScanVerdict.Warns) => new()
    {
        Scanner = "trivy",
        FailOn = "NONE",
        Findings = [new JudgedFinding(new Finding { Id = "CVE-1", Severity = severity, Package = "P", Version = "1" }, verdict, null)],
    };
}
