using EdgeSlim.Delivery;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Tests.Delivery;

/// <summary>A real process in the engine's place.</summary>
[TestClass]
public sealed class EngineDestinationTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("podman", "localhost/team/agent:1.0 localhost/team/agent:latest")]
    [DataRow("docker", "team/agent:1.0 team/agent:latest")]
    public async Task The_engine_gets_the_docker_archive_on_its_standard_input(string name, string names)
    {
        using var folder = new TemporaryFolder();
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0", "latest");
        string engine = folder.WriteProgram(name, $"#!/bin/sh\necho \"$*\" > {folder["arguments"]}\nexec cat > {folder["input"]}\n");
        Delivered delivered = await new EngineDestination(ContainerEngine.All.Single(e => e.Program == name), engine).DeliverAsync(image, TestContext.CancellationToken);
        Assert.AreEqual("engine", delivered.Kind);
        Assert.AreEqual(names, string.Join(' ', delivered.Names));
        Assert.AreEqual(image.Image.CompressedSize, delivered.BytesSent);
        Assert.AreEqual("loaded into " + name, delivered.Remark);
        Assert.AreEqual("load\n", await File.ReadAllTextAsync(folder["arguments"], TestContext.CancellationToken));

        await new ArchiveDestination(folder["expected.tar"], ArchiveFormat.Docker).DeliverAsync(image, TestContext.CancellationToken);
        CollectionAssert.AreEqual(File.ReadAllBytes(folder["expected.tar"]), File.ReadAllBytes(folder["input"]));
    }

    [TestMethod]
    [DataRow("podman", "")]
    [DataRow("docker", "sha256:")]
    public async Task What_the_engine_has_is_not_loaded_again(string name, string prefix)
    {
        using var folder = new TemporaryFolder();
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0", "latest");
        string id = prefix + image.Image.Manifest.Config.Digest.Hex;
        string engine = folder.WriteProgram(name, $"#!/bin/sh\n[ \"$1\" = load ] && exec cat > {folder["input"]}\n[ \"$5\" = \"$(cat {folder["missing"]} 2>/dev/null)\" ] || echo {id}\n");
        EngineDestination destination = new(ContainerEngine.All.Single(e => e.Program == name), engine);

        Delivered had = await destination.DeliverAsync(image, TestContext.CancellationToken);
        Assert.AreEqual($"0 {name} had it already", $"{had.BytesSent} {had.Remark}");
        Assert.IsFalse(File.Exists(folder["input"]));

        folder.Write("missing", had.Names[1]);
        Assert.AreEqual("loaded into " + name, (await destination.DeliverAsync(image, TestContext.CancellationToken)).Remark);
        Assert.IsTrue(File.Exists(folder["input"]));
    }

    [TestMethod]
    [DataRow("team/agent", "docker.io/team/agent")]
    [DataRow("agent", "docker.io/library/agent")]
    public async Task Containerd_gets_the_layout_as_it_is_and_is_told_its_name(string repository, string name)
    {
        using var folder = new TemporaryFolder();
        DeliverableImage image = (await DeliveryTest.ImageAsync(folder, "1.0", "latest")) with { Repository = repository };
        string program = folder.WriteProgram("ctr", $"#!/bin/sh\necho \"$*\" > {folder["arguments"]}\nexec cat > {folder["input"]}\n");
        Delivered delivered = await new EngineDestination(ContainerEngine.Containerd, program).DeliverAsync(image, TestContext.CancellationToken);
        Assert.AreEqual($"{name}:1.0 {name}:latest", string.Join(' ', delivered.Names));
        Assert.AreEqual("loaded into containerd", delivered.Remark);
        Assert.AreEqual(
            $"images import --base-name {name} -\n", await File.ReadAllTextAsync(folder["arguments"], TestContext.CancellationToken));

        await new ArchiveDestination(folder["expected.tar"], ArchiveFormat.Oci).DeliverAsync(image, TestContext.CancellationToken);
        CollectionAssert.AreEqual(File.ReadAllBytes(folder["expected.tar"]), File.ReadAllBytes(folder["input"]));
    }

    [TestMethod]
    [DataRow("cat >/dev/null; echo no space left >&2; exit 1", "no space left")]
    [DataRow("echo no daemon >&2; exit 125", "no daemon")]
    [DataRow("cat >/dev/null; exit 3", "exit code 3")]
    public async Task An_engine_that_refuses_is_named_with_its_last_words(string script, string seen)
    {
        using var folder = new TemporaryFolder();
        string engine = folder.WriteProgram("podman", $"#!/bin/sh\n{script}\n");
        EdgeException e = await FailsAsync(DiagnosticCodes.LoadFailed, await DeliveryTest.ImageAsync(folder, "1.0"), engine);
        Assert.AreEqual($"'podman load' failed: {seen}", e.Message);
    }

    [TestMethod]
    public async Task An_engine_that_is_not_there_is_named()
    {
        using var folder = new TemporaryFolder();
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0");
        EdgeException e = await FailsAsync(DiagnosticCodes.LoadFailed, image, folder["docker"]);
        Assert.Contains("'docker load'", e.Message);
    }

    [TestMethod]
    public async Task A_damaged_layout_is_not_the_engines_fault()
    {
        using var folder = new TemporaryFolder();
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0");
        File.Delete(image.Layout.BlobPath(image.Image.Manifest.Layers[^1].Digest));
        string engine = folder.WriteProgram("podman", "#!/bin/sh\nexec cat >/dev/null\n");
        await FailsAsync(DiagnosticCodes.LayoutDamaged, image, engine);
    }

    private async Task<EdgeException> FailsAsync(string code, DeliverableImage image, string engine)
    {
        EdgeException e = await Assert.ThrowsExactlyAsync<EdgeException>(
            () => new EngineDestination(ContainerEngine.All.Single(e => e.Program == Path.GetFileName(engine)), engine).DeliverAsync(image, TestContext.CancellationToken));
        Assert.AreEqual(code, e.Code, e.Message);
        return e;
    }
}
