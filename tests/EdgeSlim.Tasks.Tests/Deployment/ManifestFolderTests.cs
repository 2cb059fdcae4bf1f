using EdgeSlim.Deployment.Manifests;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Tests.Deployment;

[TestClass]
public sealed class ManifestFolderTests
{
    [TestMethod]
    public void What_is_not_wanted_any_more_goes_and_the_users_own_stays()
    {
        using TemporaryFolder folder = new();
        ManifestFolder target = new(folder.Path);
        target.Write(ManifestSet.Write(WorkloadSamples.Gateway(), WorkloadSamples.Sites()));
        string own = folder.Write("overlays/plain/own.yaml", "kind: Secret\n");

        IReadOnlyList<string> changed = target.Write(ManifestSet.Write(WorkloadSamples.Agent(), []));

        Assert.Contains("overlays/oslo/kustomization.yaml", changed);
        Assert.IsFalse(Directory.Exists(folder["overlays/oslo"]));
        Assert.IsFalse(File.Exists(folder["base/configmap.yaml"]));
        Assert.IsTrue(File.Exists(own));
    }

    [TestMethod]
    public void A_file_of_somebody_elses_is_not_written_over_and_nothing_else_is_written()
    {
        using TemporaryFolder folder = new();
        string own = folder.Write("base/service.yaml", "mine");

        EdgeException e = Assert.ThrowsExactly<EdgeException>(
            () => new ManifestFolder(folder.Path).Write(ManifestSet.Write(WorkloadSamples.Gateway(), [])));

        Assert.AreEqual(DiagnosticCodes.ManifestInTheWay, e.Code);
        Assert.AreEqual("mine", File.ReadAllText(own));
        Assert.HasCount(1, Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories));
    }

    [TestMethod]
    public void Where_one_file_cannot_be_written_none_is_replaced()
    {
        using TemporaryFolder folder = new();
        ManifestFolder target = new(folder.Path);
        target.Write(ManifestSet.Write(WorkloadSamples.Agent(), []));
        string before = File.ReadAllText(folder["base/deployment.yaml"]);
        folder.Write("overlays/oslo", "a file where a folder has to be");

        EdgeException e = Assert.ThrowsExactly<EdgeException>(
            () => target.Write(ManifestSet.Write(WorkloadSamples.Agent() with { Digest = WorkloadSamples.Second }, [new Site { Name = "oslo" }])));

        Assert.AreEqual(DiagnosticCodes.OutputNotWritable, e.Code);
        Assert.AreEqual(before, File.ReadAllText(folder["base/deployment.yaml"]));
        Assert.IsEmpty(Directory.GetFiles(folder.Path, "*.tmp", SearchOption.AllDirectories));
    }
}
