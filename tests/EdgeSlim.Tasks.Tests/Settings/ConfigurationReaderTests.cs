using EdgeSlim.Diagnostics;
using EdgeSlim.Settings;

namespace EdgeSlim.Tests.Settings;

[TestClass]
public sealed class ConfigurationReaderTests
{
    private readonly RecordingSink _sink = new();

    [TestMethod]
    public void Files_and_secrets_are_sorted_and_files_have_their_digests()
    {
        using TemporaryFolder folder = new();
        folder.Write("sites/oslo.json", "{}");
        folder.Write("a.txt", "a");
        ApplicationConfiguration read = Read(
            folder, [("sites/oslo.json", "site.json"), ("a.txt", "")], [new("B", "s", "k", true), new("A", "s", "k", false)]);

        Assert.AreEqual("/etc/agent", read.Folder);
        Assert.AreEqual("a.txt a.txt 1, site.json sites/oslo.json 2", string.Join(", ", read.Files.Select(f => $"{f.Key} {f.Source} {f.Size}")));
        Assert.AreEqual("sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a", read.Files[1].Digest.ToString());
        Assert.AreEqual("A, B", string.Join(", ", read.Secrets.Select(s => s.EnvironmentVariable)));
        Assert.IsEmpty(_sink.Diagnostics);
    }

    [TestMethod]
    [DataRow("gone.json", "", DiagnosticCodes.ConfigFileUnreadable)]
    [DataRow(".", "folder", DiagnosticCodes.ConfigFileUnreadable)]
    [DataRow("latin.txt", "", DiagnosticCodes.ConfigFileNotText)]
    [DataRow("broken.json", "", DiagnosticCodes.SettingsMalformed)]
    [DataRow("token.txt", "", DiagnosticCodes.SecretInConfigFile)]
    [DataRow("good.json", "a/b", DiagnosticCodes.InvalidConfigKey)]
    [DataRow("good.json", "..data", DiagnosticCodes.InvalidConfigKey)]
    [DataRow("good.json", "other.json", DiagnosticCodes.DuplicateConfigKey)]
    [DataRow("large.txt", "", DiagnosticCodes.ConfigTooLarge)]
    public void What_a_cluster_or_the_application_would_refuse_is_said(string source, string key, string code)
    {
        using TemporaryFolder folder = new();
        folder.Write("other.json", "{}");
        folder.Write("good.json", "{}");
        folder.Write("broken.json", "{");
        folder.Write("token.txt", "ghp_" + string.Concat("0123456789abcdefghijklmnopqrstuvwxyz".Reverse()));
        folder.Write("large.txt", new string('x', (int)ConfigurationReader.MaximalSize - 1));
        File.WriteAllBytes(folder["latin.txt"], [0xE4]);

        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => Read(folder, [("other.json", ""), (source, key)], []));
        Assert.AreEqual(code, e.Code, e.Message);
    }

    [TestMethod]
    public void A_ConfigMap_may_be_full()
    {
        using TemporaryFolder folder = new();
        folder.Write("full.txt", new string('x', (int)ConfigurationReader.MaximalSize));

        Assert.AreEqual(ConfigurationReader.MaximalSize, Read(folder, [("full.txt", "")], []).Files.Single().Size);
    }

    [TestMethod]
    [DataRow("1st", "mqtt", "key")]
    [DataRow("A:B", "mqtt", "key")]
    [DataRow("A", "", "key")]
    [DataRow("A", "Mqtt", "key")]
    [DataRow("A", "mqtt-", "key")]
    [DataRow("A", "mqtt", "a b")]
    [DataRow("TWICE", "mqtt", "key")]
    public void A_secret_that_nothing_can_refer_to_is_said(string variable, string name, string key)
    {
        using TemporaryFolder folder = new();
        EdgeException e = Assert.ThrowsExactly<EdgeException>(
            () => Read(folder, [], [new("TWICE", "mqtt", "key", false), new(variable, name, key, false)]));

        Assert.AreEqual(DiagnosticCodes.InvalidSecretReference, e.Code);
    }

    [TestMethod]
    public void What_looks_like_a_secret_is_a_warning_with_its_place()
    {
        using TemporaryFolder folder = new();
        folder.Write("x.json", "{\n  \"Password\": \"x\"\n}");
        Read(folder, [("x.json", "")], []);

        Assert.AreEqual(DiagnosticCodes.SettingLooksSecret, _sink.Codes.Single());
        Assert.AreEqual(new SourceLocation(folder["x.json"], 2, 3), _sink.Diagnostics[0].Location);
    }

    [TestMethod]
    [DataRow(false, 1)]
    [DataRow(true, 0)]
    public void Settings_of_an_environment_are_to_be_read_by_somebody(bool isRead, int warnings)
    {
        using TemporaryFolder folder = new();
        folder.Write("appsettings.Production.json", "{}");
        Read(folder, [("appsettings.Production.json", "")], [], isRead);

        Assert.HasCount(warnings, _sink.Codes);
        Assert.IsTrue(_sink.Codes.All(c => c == DiagnosticCodes.SettingsNotRead));
    }

    private ApplicationConfiguration Read(
        TemporaryFolder folder, (string, string)[] files, SecretReference[] secrets, bool isRead = true) =>
        new ConfigurationReader(
            new ConfigurationRequest { ProjectFolder = folder.Path, Folder = "/etc/agent", IsRead = isRead, Files = files, Secrets = secrets },
            _sink).Read(CancellationToken.None);
}
