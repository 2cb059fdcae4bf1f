using System.Text.Json;
using EdgeSlim.Bases;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using static EdgeSlim.Tests.Composition.PlanSamples;

namespace EdgeSlim.Tests.Composition;

[TestClass]
public sealed class ImageComposerTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task The_same_plan_gives_the_same_image_in_every_folder()
    {
        using var one = new TemporaryFolder();
        using var two = new TemporaryFolder();
        LayoutImage first = await ComposeAsync(one, Plan(Payload(one, ("agent", "binary"), ("a/b", "x")), tags: "1.0"));
        LayoutImage second = await ComposeAsync(two, Plan(Payload(two, ("agent", "binary"), ("a/b", "x")), tags: "1.0"));
        Assert.AreEqual(first.Descriptor, second.Descriptor);
        Assert.AreEqual(
            await File.ReadAllTextAsync(one["oci/index.json"], TestContext.CancellationToken),
            await File.ReadAllTextAsync(two["oci/index.json"], TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task The_configuration_says_when_and_how()
    {
        using var folder = new TemporaryFolder();
        LayoutImage image = await ComposeAsync(folder, Plan(Payload(folder, ("agent", "binary")), tags: "1.0"));
        Assert.AreEqual("2025-06-06T23:09:10Z", image.Config.Created);
        Assert.AreEqual("linux amd64", $"{image.Config.OperatingSystem} {image.Config.Architecture}");
        Assert.HasCount(2, image.Config.RootFileSystem.DiffIds);
        Assert.AreEqual(
            "1970-01-01T00:00:00Z users, home and /tmp for scratch|2025-06-06T23:09:10Z application",
            string.Join('|', image.Config.History!.Select(h => $"{h.Created} {h.Comment}")));
        Assert.AreEqual("1.0", image.Tags.Single());
    }

    [TestMethod]
    [TestCategory(TestKinds.Container)]
    public async Task The_layers_of_a_base_come_first_and_their_history_with_them()
    {
        using var baseFolder = new TemporaryFolder();
        using var folder = new TemporaryFolder();
        LayoutImage baseImage = await ComposeAsync(baseFolder, Plan(Payload(baseFolder, ("agent", "old")), tags: "base"));
        BaseImage found = await new BaseImageSource(folder["cache"], _ => throw new InvalidOperationException(), new RecordingSink())
            .FindAsync("oci:" + baseFolder["oci"], Platform.FromRuntimeIdentifier("linux-x64")!, TestContext.CancellationToken);
        LayoutImage image = await ComposeAsync(folder, Plan(Payload(folder, ("agent", "new")), baseImage: found, tags: "1.0"));
        Assert.AreEqual(
            string.Join(' ', baseImage.Manifest.Layers.Select(l => l.Digest)),
            string.Join(' ', image.Manifest.Layers.Take(2).Select(l => l.Digest)));
        Assert.HasCount(3, image.Manifest.Layers);
        Assert.HasCount(3, image.Config.RootFileSystem.DiffIds);
        Assert.HasCount(3, image.Config.History!);
        await Programs.RunAsync("skopeo", "inspect", $"oci:{folder["oci"]}:1.0");
    }

    [TestMethod]
    [TestCategory(TestKinds.Container)]
    public async Task Other_tools_read_the_layout()
    {
        using var folder = new TemporaryFolder();
        LayoutImage image = await ComposeAsync(
            folder,
            Plan(
                Payload(folder, ("agent", "#!"), (new string('n', 120) + "/größe", "x")),
                Options() with { Labels = [new("org.opencontainers.image.title", "größe")], EnvironmentVariables = [new("A", "b=c")] },
                tags: ["1.0", "latest"]));
        using JsonDocument seen = JsonDocument.Parse(await Programs.RunAsync("skopeo", "inspect", $"oci:{folder["oci"]}:latest"));
        Assert.AreEqual(image.Descriptor.Digest.ToString(), seen.RootElement.GetProperty("Digest").GetString());
        Assert.AreEqual("größe", seen.RootElement.GetProperty("Labels").GetProperty("org.opencontainers.image.title").GetString());
        Assert.AreEqual("amd64", seen.RootElement.GetProperty("Architecture").GetString());
        Assert.AreEqual("A=b=c", seen.RootElement.GetProperty("Env")[0].GetString());
    }

    [TestMethod]
    [TestCategory(TestKinds.Container)]
    public async Task The_files_are_unpacked_by_another_tool_as_they_were_planned()
    {
        using var folder = new TemporaryFolder();
        string deep = new string('n', 120) + "/größe";
        await ComposeAsync(folder, Plan(Payload(folder, ("agent", "#!"), (deep, "x")), tags: "1.0"));
        await Programs.RunAsync("umoci", "unpack", "--rootless", "--image", folder["oci"] + ":1.0", folder["bundle"]);
        Assert.AreEqual("x", await File.ReadAllTextAsync(folder["bundle/rootfs/app/" + deep], TestContext.CancellationToken));
        Assert.AreEqual(
            LayerEntry.ExecutableMode, OperatingSystem.IsWindows() ? 0 : (int)File.GetUnixFileMode(folder["bundle/rootfs/app/agent"]));
        Assert.AreEqual(0b001_111_111_111, OperatingSystem.IsWindows() ? 0 : (int)File.GetUnixFileMode(folder["bundle/rootfs/tmp"]));
        Assert.Contains("nonroot:x:65532", await File.ReadAllTextAsync(folder["bundle/rootfs/etc/passwd"], TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task Two_runs_on_one_layout_both_end_well()
    {
        using var folder = new TemporaryFolder();
        ImagePlan[] plans =
        [
            .. Enumerable.Range(0, 6).Select(i => Plan(Payload(folder, ("agent", "binary"), ($"{i}", $"{i}")), tags: $"{i}")),
        ];
        LayoutImage[] images = await Task.WhenAll(plans.Select(p => Task.Run(() => ComposeAsync(folder, p))));
        CollectionAssert.AllItemsAreUnique(images.Select(i => i.Descriptor.Digest).ToArray());
        LayoutImage last = new ImageLayout(folder["oci"]).ReadImage();
        Assert.Contains(last.Descriptor.Digest, images.Select(i => i.Descriptor.Digest));
        foreach (Descriptor blob in last.Blobs)
        {
            await using FileStream stream = new ImageLayout(folder["oci"]).OpenBlob(blob);
        }
    }

    [TestMethod]
    public async Task A_run_that_waits_for_another_one_can_be_cancelled()
    {
        using var folder = new TemporaryFolder();
        using FileStream held = new(folder["lock"], FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        using var cancellation = new CancellationTokenSource();
        Task<LayoutImage> run = new ImageComposer(folder["oci"], folder["lock"])
            .ComposeAsync(Plan(Payload(folder, ("agent", ""))), cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => run);
        Assert.IsFalse(Directory.Exists(folder["oci"]));
    }

    [TestMethod]
    public async Task A_cancelled_run_leaves_the_previous_image()
    {
        using var folder = new TemporaryFolder();
        LayoutImage previous = await ComposeAsync(folder, Plan(Payload(folder, ("agent", "one"))));
        ImagePlan next = Plan(Payload(folder, ("agent", "two")));
        await Assert.ThrowsAsync<OperationCanceledException>(() => new ImageComposer(folder["oci"], folder["lock"])
            .ComposeAsync(next, new CancellationToken(canceled: true)));
        Assert.AreEqual(previous.Descriptor, new ImageLayout(folder["oci"]).ReadImage().Descriptor);
    }

    [TestMethod]
    public async Task A_run_that_fails_leaves_the_previous_image()
    {
        using var folder = new TemporaryFolder();
        LayoutImage previous = await ComposeAsync(folder, Plan(Payload(folder, ("agent", "one"))));
        ImagePlan next = Plan(Payload(folder, ("agent", "two"), ("data", "x")));
        await File.WriteAllTextAsync(folder["publish/data"], "longer", TestContext.CancellationToken);
        EdgeException e = await Assert.ThrowsExactlyAsync<EdgeException>(() => ComposeAsync(folder, next));
        Assert.AreEqual(DiagnosticCodes.PayloadFileMissing, e.Code);
        LayoutImage image = new ImageLayout(folder["oci"]).ReadImage();
        Assert.AreEqual(previous.Descriptor, image.Descriptor);
        foreach (Descriptor blob in image.Blobs)
        {
            await using FileStream stream = new ImageLayout(folder["oci"]).OpenBlob(blob);
        }
    }

    [TestMethod]
    public async Task A_lock_that_cannot_be_made_is_named()
    {
        using var folder = new TemporaryFolder();
        string below = Path.Combine(folder.Write("file", ""), "lock");
        EdgeException e = await Assert.ThrowsExactlyAsync<EdgeException>(() => new ImageComposer(folder["oci"], below)
            .ComposeAsync(Plan(Payload(folder, ("agent", ""))), TestContext.CancellationToken));
        Assert.AreEqual(DiagnosticCodes.OutputNotWritable, e.Code);
        Assert.Contains(below, e.Message);
    }

    [TestMethod]
    public async Task A_stage_file_is_touched_only_when_it_changes_and_a_damaged_one_is_named()
    {
        using var folder = new TemporaryFolder();
        string file = folder["deep/plan.json"];
        ImagePlan plan = Plan(Payload());
        await StageFile.WriteAsync(file, plan, PlanJson.Documents.ImagePlan, TestContext.CancellationToken);
        var longAgo = new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(file, longAgo);
        await StageFile.WriteAsync(file, plan, PlanJson.Documents.ImagePlan, TestContext.CancellationToken);
        Assert.AreEqual(longAgo, File.GetLastWriteTimeUtc(file));
        await StageFile.WriteAsync(file, plan with { Repository = "other" }, PlanJson.Documents.ImagePlan, TestContext.CancellationToken);
        Assert.AreNotEqual(longAgo, File.GetLastWriteTimeUtc(file));
        Assert.HasCount(1, Directory.EnumerateFiles(folder["deep"]));

        foreach (string content in (string[])["", "null", "{}", "{\"repository\":"])
        {
            await File.WriteAllTextAsync(file, content, TestContext.CancellationToken);
            EdgeException e = await Assert.ThrowsExactlyAsync<EdgeException>(
                () => StageFile.ReadAsync(file, PlanJson.Documents.ImagePlan, TestContext.CancellationToken));
            Assert.AreEqual(DiagnosticCodes.StageFileUnreadable, e.Code);
        }

        string below = Path.Combine(folder.Write("file", ""), "plan.json");
        EdgeException unwritable = await Assert.ThrowsExactlyAsync<EdgeException>(
            () => StageFile.WriteAsync(below, plan, PlanJson.Documents.ImagePlan, TestContext.CancellationToken));
        Assert.AreEqual(DiagnosticCodes.OutputNotWritable, unwritable.Code);
    }

    private Task<LayoutImage> ComposeAsync(TemporaryFolder folder, ImagePlan plan) =>
        new ImageComposer(folder["oci"], folder["lock"]).ComposeAsync(plan, TestContext.CancellationToken);
}
