using EdgeSlim.Bases.Runtimes;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Tests.Bases.Runtimes;

[TestClass]
public sealed class RuntimeConfigurationTests
{
    [TestMethod]
    [DataRow("10.0.0", null, "10.0.12", true)]
    [DataRow("10.0.0", null, "10.1.0", true)]
    [DataRow("10.0.0", null, "11.0.0", false)]
    [DataRow("10.0.0", null, "9.0.9", false)]
    [DataRow("10.0.5", null, "10.0.4", false)]
    [DataRow("10.0.0", "LatestPatch", "10.1.0", false)]
    [DataRow("10.0.0", "LatestPatch", "10.0.1", true)]
    [DataRow("10.0.0", "latestMinor", "10.1.0", true)]
    [DataRow("10.0.0", "Major", "11.0.0", true)]
    [DataRow("10.0.0", "LatestMajor", "12.0.0", true)]
    [DataRow("10.0.0", "Disable", "10.0.1", false)]
    [DataRow("10.0.0", "Disable", "10.0.0", true)]
    [DataRow("10.0.0", null, "10.0.0-rc.2.25501.1", false)]
    [DataRow("10.0.0-rc.1", null, "10.0.0", true)]
    [DataRow("10.0.0", null, "backup", false)]
    public void A_version_will_do_as_the_host_of_NET_has_it(string wanted, string? policy, string present, bool does) =>
        Assert.AreEqual(does, RollForward.Accepts(wanted, policy, present));

    [TestMethod]
    public void What_is_missing_is_said_by_name_and_version()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("app.runtimeconfig.json", """
            { "runtimeOptions": { "tfm": "net10.0", "rollForward": "LatestPatch", "frameworks": [
                { "name": "Microsoft.NETCore.App", "version": "10.0.0" },
                { "name": "Microsoft.AspNetCore.App", "version": "10.0.0" } ], "configProperties": { "a": true } } }
            """);

        IReadOnlyList<SharedFramework> missing =
            RuntimeConfiguration.Read(file).MissingOf([new SharedFramework("Microsoft.NETCore.App", "10.0.12")]);

        Assert.AreEqual("Microsoft.AspNetCore.App 10.0.0", string.Join(',', missing));
    }

    [TestMethod]
    public void A_single_framework_is_read_and_an_own_runtime_asks_for_none()
    {
        using TemporaryFolder folder = new();
        string one = folder.Write("one.json", """{ "runtimeOptions": { "framework": { "name": "Microsoft.NETCore.App", "version": "10.0.0" } } }""");
        string own = folder.Write("own.json", """{ "runtimeOptions": { "includedFrameworks": [ { "name": "Microsoft.NETCore.App", "version": "10.0.12" } ] } }""");

        Assert.HasCount(1, RuntimeConfiguration.Read(one).MissingOf([]));
        Assert.IsEmpty(RuntimeConfiguration.Read(own).MissingOf([]));
    }

    [TestMethod]
    [DataRow("{}")]
    [DataRow("no")]
    public void A_damaged_file_is_said(string text)
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("app.runtimeconfig.json", text);

        Assert.AreEqual(
            DiagnosticCodes.StageFileUnreadable, Assert.ThrowsExactly<EdgeException>(() => RuntimeConfiguration.Read(file)).Code);
    }
}
