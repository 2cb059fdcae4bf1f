using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Trials;

namespace EdgeSlim.Tests.Trials;

[TestClass]
public sealed class ReadinessReaderTests
{
    [TestMethod]
    public void Without_a_word_it_has_to_run_for_a_second() => Assert.AreEqual("it runs for 1000 ms", Read().ToString());

    [TestMethod]
    public void A_path_is_asked_at_the_port_that_the_image_exposes()
    {
        ContainerConfig image = new()
        {
            ExposedPorts = new Dictionary<string, EmptyObject> { ["9000/tcp"] = new(), ["53/udp"] = new(), ["8443"] = new() },
        };

        Assert.AreEqual("port 8443 answers HTTP requests for /healthz", Read(http: "/healthz", image: image).ToString());
        Assert.AreEqual(8080, Read(http: "/healthz").Port);
        Assert.AreEqual(81, Read(http: "/healthz", port: "81", image: image).Port);
    }

    [TestMethod]
    public void All_that_is_set_has_to_come_to_pass() => Assert.AreEqual(
        "port 81 accepts connections and its output matches 'ready' and it runs for 200 ms",
        Read(port: "81", log: "ready", alive: "200").ToString());

    [TestMethod]
    [DataRow("healthz", "", "", false, "", DiagnosticCodes.InvalidQuantity)]
    [DataRow("", "0", "", false, "", DiagnosticCodes.InvalidQuantity)]
    [DataRow("", "65536", "", false, "", DiagnosticCodes.InvalidQuantity)]
    [DataRow("", "", "(", false, "", DiagnosticCodes.InvalidQuantity)]
    [DataRow("", "", "", false, "soon", DiagnosticCodes.InvalidQuantity)]
    [DataRow("/", "", "", true, "", DiagnosticCodes.InvalidPropertyValue)]
    public void What_cannot_be_is_refused(string http, string port, string log, bool exits, string alive, string code) =>
        Assert.AreEqual(code, Assert.ThrowsExactly<EdgeException>(() => Read(http, port, log, exits, alive)).Code);

    [TestMethod]
    public void The_items_of_a_trial_are_read()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("trial.json", "{}");

        Assert.AreEqual(new TrialMount("/app/a.json", file, true), TrialItems.Mount("trial.json", "/app/a.json", "", "", folder.Path));
        Assert.AreEqual(new TrialMount("/app/a.json", file, false), TrialItems.Mount("trial.json", "/app/a.json", "", "False", folder.Path));
        Assert.AreEqual(new TrialMount("/data", null, true), TrialItems.Mount("/data", "", "tmpfs", "", folder.Path));
        Assert.AreEqual("b", TrialItems.Environment([("A", "a"), ("A", "b")])["A"]);
    }

    [TestMethod]
    [DataRow("gone.json", "/app/a.json", "", "")]
    [DataRow("trial.json", "", "", "")]
    [DataRow("trial.json", "app/a.json", "", "")]
    [DataRow("trial.json", "/", "", "")]
    [DataRow("trial.json", "/a:b", "", "")]
    [DataRow("trial.json", "/a", "volume", "")]
    [DataRow("trial.json", "/a", "", "maybe")]
    [DataRow("data", "", "tmpfs", "")]
    public void An_item_that_cannot_be_used_is_named(string include, string target, string type, string readOnly)
    {
        using TemporaryFolder folder = new();
        folder.Write("trial.json", "{}");
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => TrialItems.Mount(include, target, type, readOnly, folder.Path));
        Assert.AreEqual(DiagnosticCodes.InvalidTrialItem, e.Code);
        Assert.Contains(include, e.Message);
    }

    private static Readiness Read(
        string http = "", string port = "", string log = "", bool exits = false, string alive = "", ContainerConfig? image = null) =>
        ReadinessReader.Read(http, port, log, exits, alive, image);
}
