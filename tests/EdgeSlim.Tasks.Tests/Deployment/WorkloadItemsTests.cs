using EdgeSlim.Deployment.Manifests;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Tests.Deployment;

[TestClass]
public sealed class WorkloadItemsTests
{
    [TestMethod]
    [DataRow("team/My_Agent.Core", "my-agent-core")]
    [DataRow("1st", "app-1st")]
    [DataRow("agent", "agent")]
    [DataRow("x/an-application-with-a-name-that-is-longer-than-any-of-its-objects-may-have", "an-application-with-a-name-that-is-longer-than-any")]
    public void A_repository_gives_a_name_that_objects_can_have(string repository, string name) =>
        Assert.AreEqual(name, WorkloadItems.NameOf(repository));

    [TestMethod]
    [DataRow(null, 65532, 65532)]
    [DataRow("65532", 65532, 65532)]
    [DataRow("1000:2000", 1000, 2000)]
    [DataRow("nonroot", 65532, 65532)]
    public void The_user_is_a_number(string? user, int id, int group) => Assert.AreEqual((id, group), WorkloadItems.User(user));

    [TestMethod]
    [DataRow("root")]
    [DataRow("0")]
    [DataRow("0:0")]
    [DataRow("somebody")]
    public void Root_and_who_nobody_knows_are_refused(string user) => Fails(DiagnosticCodes.ImageUserUnfit, () => WorkloadItems.User(user));

    [TestMethod]
    public void Limits_come_from_the_trial_under_load_or_from_that_of_the_device()
    {
        using TemporaryFolder folder = new();
        Assert.AreEqual(
            new WorkloadResources("50m", "100Mi", "500m", "100Mi"),
            DeviceLimits.Read(folder["limits.json"], "500m", "100MiB").ToResources());
        string path = folder.Write(
            "limits.json",
            """{"requests":{"cpu":"120m","memory":"24MiB"},"limits":{"cpu":"0.25","memory":"50MB"},"environment":{"A":"1"}}""");
        var found = DeviceLimits.Read(path, "", "");
        Assert.AreEqual(new WorkloadResources("120m", "24Mi", "250m", "50000000"), found.ToResources());
        Assert.AreEqual("1", found.Environment!["A"]);
        Fails(DiagnosticCodes.LimitsUnreadable, () => DeviceLimits.Read(folder.Write("limits.json", "{"), "", ""));
        Fails(DiagnosticCodes.LimitsUnreadable, () => DeviceLimits.Read(folder.Write("limits.json", "{}"), "", ""));
        Fails(DiagnosticCodes.InvalidQuantity, () => DeviceLimits.Read(
            folder.Write("limits.json", """{"requests":{"cpu":"x","memory":"1Mi"},"limits":{"cpu":"1","memory":"1Mi"}}"""), "", "").ToResources());
    }

    [TestMethod]
    public void Egress_and_tolerations_that_are_none_are_refused()
    {
        Assert.AreEqual(new WorkloadPort("udp-5683", 5683, "UDP"), WorkloadItems.Egress("10.1.0.0/16", "8883;5683/udp").Ports[1]);
        Assert.IsNull(WorkloadItems.Egress("dns", "").Cidr);
        foreach ((string to, string ports) in new[] { ("example.com", ""), ("10.0.0.0/8", "99999"), ("10.0.0.0/8", "80/icmp") })
        {
            Fails(DiagnosticCodes.InvalidManifestItem, () => WorkloadItems.Egress(to, ports));
        }

        Assert.AreEqual(new NodeToleration("edge", null, "NoExecute", 60), WorkloadItems.Toleration("edge", "", "NoExecute", "60"));
        Fails(DiagnosticCodes.InvalidManifestItem, () => WorkloadItems.Toleration("edge", "", "Never", ""));
        Fails(DiagnosticCodes.InvalidManifestItem, () => WorkloadItems.Toleration("edge", "", "", "soon"));
    }

    [TestMethod]
    public void A_configuration_is_files_of_different_names_that_fit_into_a_ConfigMap()
    {
        using TemporaryFolder folder = new();
        string one = folder.Write("a/site.json", "{}");
        string other = folder.Write("b/site.json", "{}");
        Assert.AreEqual("key.json site.json", string.Join(' ', WorkloadItems.Config("x", [(one, ""), (other, "key.json")]).Select(c => c.Name)));
        Fails(DiagnosticCodes.InvalidManifestItem, () => WorkloadItems.Config("x", [(one, ""), (other, "")]));
        Fails(DiagnosticCodes.InvalidManifestItem, () => WorkloadItems.Config("x", [(folder["none.json"], "")]));
        Fails(DiagnosticCodes.InvalidManifestItem, () => WorkloadItems.Config("x", [(folder.Write("a b.json", ""), "")]));
        string large = folder.Write("large", new string('x', 1024 * 1024));
        Fails(DiagnosticCodes.ConfigTooLarge, () => WorkloadItems.Config("x", [(large, ""), (one, "")]));
    }

    [TestMethod]
    public void A_site_has_what_its_metadata_say()
    {
        Site site = Read("oslo", ("Modules", "monitor"), ("Replicas", "2"), ("Environment", "A=b=c;D="), ("Registry", "oslo:5000"));

        Assert.AreEqual("A=b=c D= EDGE_MODULES=monitor", string.Join(' ', site.Variables.OrderBy(v => v.Key).Select(v => $"{v.Key}={v.Value}")));
        Assert.AreEqual("oslo:5000/acme/gateway", site.Image);
        Assert.AreEqual(2, site.Replicas);
        Assert.AreEqual("", Read("oslo", ("Modules", "none")).Variables[Site.ModulesVariable]);
        // An image of its own may have others.
        Assert.AreEqual("other", Read("oslo", ("Modules", "other"), ("Digest", WorkloadSamples.Second.ToString())).Modules!.Single());
    }

    [TestMethod]
    [DataRow("Oslo", "Replicas", "1")]
    [DataRow("oslo", "Modules", "unknown")]
    [DataRow("oslo", "Replicas", "-1")]
    [DataRow("oslo", "Namespace", "No Such")]
    [DataRow("oslo", "Environment", "A")]
    [DataRow("oslo", "Digest", "sha256:1")]
    [DataRow("oslo", "Config", "no-such.json")]
    public void A_site_that_cannot_be_is_refused(string name, string metadata, string value) =>
        Fails(DiagnosticCodes.InvalidManifestItem, () => Read(name, (metadata, value)));

    private static Site Read(string name, params (string Name, string Value)[] metadata) => WorkloadItems.Site(
        name, key => metadata.FirstOrDefault(m => m.Name == key).Value ?? "", WorkloadSamples.Gateway(), ["monitor"], "/nowhere");

    private static void Fails(string code, Func<object> action) =>
        Assert.AreEqual(code, Assert.ThrowsExactly<EdgeException>(() => action()).Code);
}
