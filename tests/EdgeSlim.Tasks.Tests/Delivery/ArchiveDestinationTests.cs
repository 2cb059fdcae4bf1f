using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json;
using EdgeSlim.Delivery;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Processes;

namespace EdgeSlim.Tests.Delivery;

[TestClass]
public sealed class ArchiveDestinationTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(ArchiveFormat.Oci, "a.tar")]
    [DataRow(ArchiveFormat.Oci, "a.tar.gz")]
    [DataRow(ArchiveFormat.Docker, "a.tar")]
    [DataRow(ArchiveFormat.Docker, "a.tgz")]
    public async Task The_same_image_gives_the_same_bytes(ArchiveFormat format, string name)
    {
        using var one = new TemporaryFolder();
        using var two = new TemporaryFolder();
        await DeliverAsync(await DeliveryTest.ImageAsync(one, "1.0"), one[name], format);
        DeliverableImage second = await DeliveryTest.ImageAsync(two, "1.0");
        File.SetLastWriteTimeUtc(two["oci/index.json"], new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        await DeliverAsync(second, two[name], format);
        CollectionAssert.AreEqual(File.ReadAllBytes(one[name]), File.ReadAllBytes(two[name]));
    }

    [TestMethod]
    [DataRow("a.tar", "a-debug.tar")]
    [DataRow("a.TAR.GZ", "a-debug.TAR.GZ")]
    [DataRow("a.b.tgz", "a.b-debug.tgz")]
    [DataRow("a", "a-debug")]
    [DataRow("folder/", "folder/agent-debug.tar.gz")]
    public async Task Another_image_of_the_run_gets_a_file_of_its_own(string path, string expected)
    {
        using var folder = new TemporaryFolder();
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0") with { Repository = "team/agent", Suffix = "-debug" };
        Delivered delivered = await DeliverAsync(image, folder[path], ArchiveFormat.Oci);
        Assert.AreEqual(folder[expected], delivered.Names.Single());
        Assert.IsTrue(File.Exists(folder[expected]));
    }

    [TestMethod]
    public async Task An_OCI_archive_holds_the_layout()
    {
        using var folder = new TemporaryFolder();
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0", "latest");
        Delivered delivered = await DeliverAsync(image, folder["a.tar"], ArchiveFormat.Oci);
        Dictionary<string, byte[]> entries = Entries(File.OpenRead(folder["a.tar"]));
        CollectionAssert.AreEquivalent(
            image.Image.Blobs.Append(image.Image.Descriptor).Select(b => $"blobs/sha256/{b.Digest.Hex}")
                .Concat(["oci-layout", "index.json"]).ToArray(),
            entries.Keys.ToArray());
        foreach ((string name, byte[] content) in entries)
        {
            CollectionAssert.AreEqual(await File.ReadAllBytesAsync(folder["oci/" + name], TestContext.CancellationToken), content);
        }

        Assert.AreEqual("archive", delivered.Kind);
        Assert.AreEqual(folder["a.tar"], delivered.Names.Single());
        Assert.AreEqual(new FileInfo(folder["a.tar"]).Length, delivered.BytesSent);
        Assert.AreEqual("oci archive", delivered.Remark);
    }

    [TestMethod]
    public async Task A_docker_archive_names_its_layers_and_its_tags()
    {
        using var folder = new TemporaryFolder();
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0", "latest");
        await DeliverAsync(image, folder["a.tar"], ArchiveFormat.Docker);
        Dictionary<string, byte[]> entries = Entries(File.OpenRead(folder["a.tar"]));
        using JsonDocument manifest = JsonDocument.Parse(entries["manifest.json"]);
        JsonElement entry = manifest.RootElement[0];
        Assert.AreEqual("""["team/agent:1.0","team/agent:latest"]""", entry.GetProperty("RepoTags").GetRawText());
        Assert.AreEqual(image.Image.Manifest.Config.Digest, Digest.Of(entries[entry.GetProperty("Config").GetString()!]));
        Assert.AreEqual(
            string.Join(' ', image.Image.Manifest.Layers.Select(l => l.Digest)),
            string.Join(' ', entry.GetProperty("Layers").EnumerateArray().Select(l => Digest.Of(entries[l.GetString()!]))));
    }

    [TestMethod]
    public async Task An_archive_that_is_there_is_not_written_again()
    {
        using var folder = new TemporaryFolder();
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0");
        IEnumerable<string> notes = [];
        async Task<long> WrittenAsync(DeliverableImage delivered)
        {
            DeliveryNotes known = new(notes);
            long bytes = (await new ArchiveDestination(folder["a.tar.gz"], ArchiveFormat.Oci) { Notes = known }
                .DeliverAsync(delivered, TestContext.CancellationToken)).BytesSent;
            notes = known.Lines;
            return bytes;
        }

        long first = await WrittenAsync(image);
        Assert.IsGreaterThan(0, first);
        Assert.AreEqual(0, await WrittenAsync(image));
        Assert.AreEqual(0, await WrittenAsync(image));
        Assert.IsGreaterThan(0, await WrittenAsync(image with { Tags = ["2.0"] }));

        // Somebody else's file of the same name.
        folder.Write("a.tar.gz", "another");
        Assert.AreEqual(first, await WrittenAsync(image));
        File.Delete(folder["a.tar.gz"]);
        Assert.AreEqual(first, await WrittenAsync(image));
    }

    [TestMethod]
    [TestCategory(TestKinds.Container)]
    public async Task Other_tools_read_the_archives()
    {
        using var folder = new TemporaryFolder();
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0");
        await DeliverAsync(image, folder["oci.tar"], ArchiveFormat.Oci);
        await DeliverAsync(image, folder["docker.tar"], ArchiveFormat.Docker);
        using JsonDocument oci = JsonDocument.Parse(await Programs.RunAsync("skopeo", "inspect", $"oci-archive:{folder["oci.tar"]}:1.0"));
        Assert.AreEqual(image.Image.Descriptor.Digest.ToString(), oci.RootElement.GetProperty("Digest").GetString());
        using JsonDocument docker = JsonDocument.Parse(
            await Programs.RunAsync("skopeo", "inspect", "--config", $"docker-archive:{folder["docker.tar"]}:team/agent:1.0"));
        Assert.AreEqual("65532", docker.RootElement.GetProperty("config").GetProperty("User").GetString());
    }

    [TestMethod]
    [DataRow("a.tar.gz", true)]
    [DataRow("a.tgz", true)]
    [DataRow("a.TAR.GZ", true)]
    [DataRow("a.tar", false)]
    [DataRow("a.gz.tar", false)]
    public async Task A_name_that_says_gz_is_gz(string name, bool isCompressed)
    {
        using var folder = new TemporaryFolder();
        await DeliverAsync(await DeliveryTest.ImageAsync(folder, "1.0"), folder[name], ArchiveFormat.Oci);
        await using FileStream file = File.OpenRead(folder[name]);
        Assert.AreEqual(isCompressed, file.ReadByte() == 0x1F && file.ReadByte() == 0x8B);
        file.Position = 0;
        Assert.Contains("index.json", Entries(isCompressed ? new GZipStream(file, CompressionMode.Decompress) : file).Keys);
    }

    [TestMethod]
    [DataRow("out/")]
    [DataRow("oci")]
    public async Task In_a_folder_the_archive_has_the_repositorys_name(string given)
    {
        using var folder = new TemporaryFolder();
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0");
        Delivered delivered = await DeliverAsync(image, folder[given], ArchiveFormat.Oci);
        Assert.AreEqual(Path.Combine(folder[given], "agent.tar.gz"), delivered.Names.Single());
        Assert.IsTrue(File.Exists(delivered.Names.Single()));
    }

    [TestMethod]
    public async Task A_folder_that_is_missing_is_made()
    {
        using var folder = new TemporaryFolder();
        await DeliverAsync(await DeliveryTest.ImageAsync(folder, "1.0"), folder["deep/er/a.tar"], ArchiveFormat.Oci);
        Assert.AreEqual("a.tar", string.Join(' ', Names(folder["deep/er"])));
    }

    [TestMethod]
    public async Task A_target_that_cannot_be_written_is_named()
    {
        using var folder = new TemporaryFolder();
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0");
        string below = Path.Combine(folder.Write("file", ""), "a.tar");
        Assert.Contains(below, (await FailsAsync(DiagnosticCodes.ArchiveNotWritable, image, below)).Message);
    }

    [TestMethod]
    [DataRow(ArchiveFormat.Oci)]
    [DataRow(ArchiveFormat.Docker)]
    public async Task A_blob_that_is_gone_is_a_damaged_layout_and_the_old_archive_stays(ArchiveFormat format)
    {
        using var folder = new TemporaryFolder();
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0");
        folder.Write("out/a.tar", "the old one");
        File.Delete(image.Layout.BlobPath(image.Image.Manifest.Config.Digest));
        await FailsAsync(DiagnosticCodes.LayoutDamaged, image, folder["out/a.tar"], format);
        Assert.AreEqual("a.tar", string.Join(' ', Names(folder["out"])));
        Assert.AreEqual("the old one", await File.ReadAllTextAsync(folder["out/a.tar"], TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task A_cancelled_delivery_leaves_the_old_archive_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0");
        folder.Write("out/a.tar", "the old one");
        await Assert.ThrowsAsync<OperationCanceledException>(() => new ArchiveDestination(folder["out/a.tar"], ArchiveFormat.Oci)
            .DeliverAsync(image, new CancellationToken(canceled: true)));
        Assert.AreEqual("a.tar", string.Join(' ', Names(folder["out"])));
        Assert.AreEqual("the old one", await File.ReadAllTextAsync(folder["out/a.tar"], TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task A_full_disk_leaves_the_old_archive_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0");
        string disk = Directory.CreateDirectory(folder["disk"]).FullName;
        ProcessResult mount = await ExternalProcess.RunAsync(
            new ProcessRequest("mount", ["-t", "tmpfs", "-o", "size=8k", "edgeslim-test", disk]), TestContext.CancellationToken);
        if (mount.ExitCode != 0)
        {
            Assert.Inconclusive("A file system can be mounted by root only: " + mount.LastErrorLine);
        }

        try
        {
            folder.Write("disk/a.tar", "the old one");
            EdgeException e = await FailsAsync(DiagnosticCodes.ArchiveNotWritable, image, folder["disk/a.tar"]);
            Assert.Contains(folder["disk/a.tar"], e.Message);
            Assert.AreEqual("a.tar", string.Join(' ', Names(disk)));
            Assert.AreEqual("the old one", await File.ReadAllTextAsync(folder["disk/a.tar"], TestContext.CancellationToken));
        }
        finally
        {
            await Programs.RunAsync("umount", disk);
        }
    }

    private Task<Delivered> DeliverAsync(DeliverableImage image, string path, ArchiveFormat format) =>
        new ArchiveDestination(path, format).DeliverAsync(image, TestContext.CancellationToken);

    private async Task<EdgeException> FailsAsync(
        string code, DeliverableImage image, string path, ArchiveFormat format = ArchiveFormat.Oci)
    {
        EdgeException e = await Assert.ThrowsExactlyAsync<EdgeException>(() => DeliverAsync(image, path, format));
        Assert.AreEqual(code, e.Code, e.Message);
        return e;
    }

    private static IEnumerable<string?> Names(string folder) => Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName);

    private static Dictionary<string, byte[]> Entries(Stream archive)
    {
        var entries = new Dictionary<string, byte[]>();
        using var reader = new TarReader(archive);
        while (reader.GetNextEntry() is TarEntry entry)
        {
            Assert.AreEqual(TarEntryFormat.Ustar, entry.Format);
            Assert.AreEqual(DateTimeOffset.UnixEpoch, entry.ModificationTime);
            Assert.AreEqual("0:0", $"{entry.Uid}:{entry.Gid}");
            using var content = new MemoryStream();
            entry.DataStream!.CopyTo(content);
            entries.Add(entry.Name, content.ToArray());
        }

        return entries;
    }
}
