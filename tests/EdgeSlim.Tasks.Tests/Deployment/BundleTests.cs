using EdgeSlim.Composition;
using EdgeSlim.Deployment.Bundles;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Tests.Composition;
using EdgeSlim.Tests.Delivery;

namespace EdgeSlim.Tests.Deployment;

[TestClass]
public sealed class BundleTests
{
    // What podman says of a layer or an image that it forgot meanwhile.
    private static readonly string[] Gone = ["layer not known", "is not a layer, image, or container"];

    // All tests of this machine load into one podman: each removes what has its own name.
    private readonly string _image = $"ghcr.io/acme/bundled-{Guid.NewGuid():n}";

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [TestCategory(TestKinds.Container)]
    public async Task The_images_of_all_platforms_are_what_containerd_podman_and_skopeo_take()
    {
        using TemporaryFolder folder = new();
        (string unpacked, LayoutTree tree) = await UnpackedAsync(folder);
        string archive = Path.Combine(unpacked, "images/agent.tar");

        Command.Require("skopeo", "skopeo");
        foreach (string architecture in new[] { "amd64", "arm64" })
        {
            Command.Run(
                "/", "skopeo", "--override-arch", architecture, "copy", $"oci-archive:{archive}:1.0", $"oci:{folder[architecture]}:x").Succeeds();
            Assert.AreEqual(
                tree.Images.Single(i => i.Config.Architecture == architecture).Descriptor.Digest,
                new ImageLayout(folder[architecture]).ReadImage().Descriptor.Digest);
        }

        Command.Require("podman", "podman");
        string loaded = $"{_image}:1.0-amd64";
        try
        {
            Assert.Contains(loaded, Loaded(archive));
            Assert.AreEqual("arm64", Command.Run("/", "podman", "image", "inspect", "--format", "{{.Architecture}}", $"{_image}:1.0-arm64").Succeeds().Output.Trim());
        }
        finally
        {
            Command.Run("/", "podman", "rmi", "-f", loaded, $"{_image}:1.0-arm64");
        }

        using TemporaryFolder daemon = new();
        using Containerd containerd = await Containerd.StartAsync(daemon, TestContext.CancellationToken);
        Command.Run("/", containerd.Ctr, "images", "import", "--all-platforms", archive).Succeeds();
        // Kubernetes asks for the very name that stands in the manifests.
        Assert.Contains(tree.Root.Digest.ToString(), containerd.Line($"{_image}@{tree.Root.Digest}"));
        Assert.Contains("linux/amd64,linux/arm64", containerd.Line($"{_image}:1.0"));
    }

    [TestMethod]
    [TestCategory(TestKinds.Container)]
    public async Task One_image_alone_loads_into_podman_under_its_own_tag()
    {
        using TemporaryFolder folder = new();
        ImageLayout layout = await ComposeAsync(folder, "linux-x64");
        string unpacked = await UnpackAsync(folder, Bundle(folder, layout, layout.ReadTree()), "one.tar.gz");
        Command.Require("podman", "podman");
        try
        {
            Assert.Contains($"{_image}:1.0", Loaded(Path.Combine(unpacked, "images/agent.tar")));
        }
        finally
        {
            Command.Run("/", "podman", "rmi", "-f", $"{_image}:1.0");
        }
    }

    [TestMethod]
    [TestCategory(TestKinds.Long)]
    [DataRow("dash")]
    [DataRow("busybox")]
    public async Task The_installer_places_the_files_and_does_nothing_the_second_time(string shell)
    {
        using TemporaryFolder folder = new();
        (string unpacked, _) = await UnpackedAsync(folder);
        string root = folder["device"];

        string first = Install(shell, unpacked, "--root", root).Succeeds().Output;

        string image = Path.Combine(root, "var/lib/rancher/k3s/agent/images/agent.tar");
        string profile = Path.Combine(root, "var/lib/kubelet/seccomp/edgeslim/agent.json");
        string manifest = Path.Combine(root, "var/lib/rancher/k3s/server/manifests/agent.yaml");
        Assert.HasCount(4, first.Split("placed "));
        CollectionAssert.AreEqual(await File.ReadAllBytesAsync(Path.Combine(unpacked, "images/agent.tar"), TestContext.CancellationToken), await File.ReadAllBytesAsync(image, TestContext.CancellationToken));
        Assert.AreEqual("{\"defaultAction\":1}", await File.ReadAllTextAsync(profile, TestContext.CancellationToken));
        Assert.AreEqual("kind: Namespace\n", await File.ReadAllTextAsync(manifest, TestContext.CancellationToken));
        DateTime placed = File.GetLastWriteTimeUtc(image);

        string second = Install(shell, unpacked, "--root", root).Succeeds().Output;
        Assert.HasCount(4, second.Split("unchanged "));
        Assert.DoesNotContain("placed ", second);
        Assert.AreEqual(placed, File.GetLastWriteTimeUtc(image));
        Assert.HasCount(3, Directory.GetFiles(root, "*", SearchOption.AllDirectories));

        // A folder is looked for where the user is.
        Command.Run(folder.Path, Programs.Find("sh"), Path.Combine(unpacked, "install.sh"), "--root", "device").Succeeds();
        Assert.IsFalse(Directory.Exists(Path.Combine(unpacked, "device")));

        // What somebody changed is mended; a node that only runs things gets no manifests.
        await File.WriteAllTextAsync(manifest, "changed", TestContext.CancellationToken);
        Install(shell, unpacked, "--root", root).Succeeds();
        Assert.AreEqual("kind: Namespace\n", await File.ReadAllTextAsync(manifest, TestContext.CancellationToken));
        Install(shell, unpacked, "--root", folder["node"], "--data-dir", "/k3s", "--kubelet-dir", "/kubelet", "--agent").Succeeds();
        Assert.AreEqual(
            "k3s/agent/images/agent.tar kubelet/seccomp/edgeslim/agent.json",
            string.Join(' ', Directory.GetFiles(folder["node"], "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder["node"], f)).Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    [DataRow("images/agent.tar")]
    [DataRow("manifests/agent.yaml")]
    [DataRow("seccomp/agent.json")]
    [DataRow("sbom/sbom.cdx.json")]
    [DataRow("SHA256SUMS")]
    public async Task A_bundle_that_is_damaged_is_refused_and_nothing_is_placed(string file)
    {
        using TemporaryFolder folder = new();
        (string unpacked, _) = await UnpackedAsync(folder);
        string path = Path.Combine(unpacked, file);
        byte[] content = await File.ReadAllBytesAsync(path, TestContext.CancellationToken);

        async Task Refuses(Func<Task> damage)
        {
            await damage();
            CommandResult result = Install("dash", unpacked, "--root", folder["device"]);
            Assert.AreNotEqual(0, result.ExitCode, result.Output);
            Assert.Contains("damaged", result.Output);
            Assert.IsFalse(Directory.Exists(folder["device"]));
            await File.WriteAllBytesAsync(path, content, TestContext.CancellationToken);
        }

        content[content.Length / 2] ^= 1;
        byte[] flipped = [.. content];
        content[content.Length / 2] ^= 1;
        await Refuses(() => File.WriteAllBytesAsync(path, flipped, TestContext.CancellationToken));
        await Refuses(() => File.WriteAllBytesAsync(path, content[..(content.Length / 2)], TestContext.CancellationToken));
        await Refuses(() => File.WriteAllBytesAsync(path, [], TestContext.CancellationToken));
        await Refuses(() =>
        {
            File.Delete(path);
            return Task.CompletedTask;
        });
    }

    [TestMethod]
    public async Task Two_bundles_of_the_same_are_the_same_and_a_bad_name_is_refused()
    {
        using TemporaryFolder folder = new();
        (ImageLayout layout, LayoutTree tree) = await IndexAsync(folder);
        foreach (string file in new[] { "a.tar.zst", "b.tar.zst", "a.tar.gz", "b.tgz" })
        {
            long size = await Bundle(folder, layout, tree).WriteAsync(folder[$"out/{file}"], TestContext.CancellationToken);
            Assert.AreEqual(new FileInfo(folder[$"out/{file}"]).Length, size);
        }

        CollectionAssert.AreEqual(await File.ReadAllBytesAsync(folder["out/a.tar.zst"], TestContext.CancellationToken), await File.ReadAllBytesAsync(folder["out/b.tar.zst"], TestContext.CancellationToken));
        CollectionAssert.AreEqual(await File.ReadAllBytesAsync(folder["out/a.tar.gz"], TestContext.CancellationToken), await File.ReadAllBytesAsync(folder["out/b.tgz"], TestContext.CancellationToken));
        EdgeException name = await Assert.ThrowsExactlyAsync<EdgeException>(() => Bundle(folder, layout, tree).WriteAsync(folder["x.zip"], TestContext.CancellationToken));
        Assert.AreEqual(DiagnosticCodes.InvalidPropertyValue, name.Code);
        folder.Write("file", "");
        EdgeException place = await Assert.ThrowsExactlyAsync<EdgeException>(() => Bundle(folder, layout, tree).WriteAsync(folder["file/x.tar.gz"], TestContext.CancellationToken));
        Assert.AreEqual(DiagnosticCodes.BundleNotWritable, place.Code);
        Assert.HasCount(4, Directory.GetFiles(folder["out"]));
    }

    // All images of scratch have a layer in common. podman forgets it when another test removes the last image that had it, also
    // while this one is being loaded.
    private static string Loaded(string archive)
    {
        CommandResult result = Command.Run("/", "podman", "load", "-i", archive);
        for (int i = 0; i < 10 && Gone.Any(g => result.Output.Contains(g, StringComparison.Ordinal)); i++)
        {
            result = Command.Run("/", "podman", "load", "-i", archive);
        }

        return result.Succeeds().Output;
    }

    private static CommandResult Install(string shell, string unpacked, params string[] arguments) => Command.Run(
        "/", Programs.Find(shell), [.. shell == "busybox" ? ["sh"] : Array.Empty<string>(), Path.Combine(unpacked, "install.sh"), .. arguments]);

    private async Task<(string Unpacked, LayoutTree Tree)> UnpackedAsync(TemporaryFolder folder)
    {
        (ImageLayout layout, LayoutTree tree) = await IndexAsync(folder);
        return (await UnpackAsync(folder, Bundle(folder, layout, tree), "agent.tar.zst"), tree);
    }

    private async Task<string> UnpackAsync(TemporaryFolder folder, Bundle bundle, string file)
    {
        await bundle.WriteAsync(folder[file], TestContext.CancellationToken);
        Directory.CreateDirectory(folder["unpacked"]);
        string[] how = file.EndsWith(".zst", StringComparison.Ordinal) ? ["--use-compress-program", Programs.Find("zstd")] : ["-z"];
        Command.Run(folder["unpacked"], "tar", [.. how, "-xf", folder[file]]).Succeeds();
        return folder["unpacked/agent-1.0"];
    }

    private Bundle Bundle(TemporaryFolder folder, ImageLayout layout, LayoutTree tree) =>
        new(layout, tree, new ImageNames(_image, ["1.0"], tree.Root.Digest))
        {
            Name = "agent",
            ManifestFile = folder.Write("bundle.yaml", "kind: Namespace\n"),
            SeccompFile = folder.Write("seccomp.json", "{\"defaultAction\":1}"),
            Documents = [(folder.Write("sbom.cdx.json", "{\"sbom\":1}"), "sbom.cdx.json")],
        };

    private async Task<(ImageLayout Layout, LayoutTree Tree)> IndexAsync(TemporaryFolder folder)
    {
        ImageLayout[] layouts = [await ComposeAsync(folder, "linux-x64"), await ComposeAsync(folder, "linux-arm64")];
        return (new ImageLayout(folder["index"]), await new ImageIndexer(folder["index"], folder["lock"]).IndexAsync(layouts, ["1.0"], TestContext.CancellationToken));
    }

    private async Task<ImageLayout> ComposeAsync(TemporaryFolder folder, string runtimeIdentifier)
    {
        ImagePlan plan = PlanSamples.Plan(
            PlanSamples.Payload(folder, ("agent", runtimeIdentifier)), PlanSamples.Options() with { RuntimeIdentifier = runtimeIdentifier }, tags: ["1.0"]);
        await new ImageComposer(folder[runtimeIdentifier], folder["lock"]).ComposeAsync(plan, TestContext.CancellationToken);
        return new ImageLayout(folder[runtimeIdentifier]);
    }
}
