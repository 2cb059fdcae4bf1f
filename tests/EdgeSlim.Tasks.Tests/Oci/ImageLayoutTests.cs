using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Tests.Oci;

[TestClass]
public sealed class ImageLayoutTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void A_committed_image_is_read_back_with_its_tags()
    {
        using var folder = new TemporaryFolder();
        Descriptor written = Commit(folder, "one", "1.0", "latest");
        LayoutImage image = new ImageLayout(folder.Path).ReadImage();
        Assert.AreEqual(written, image.Descriptor);
        Assert.AreEqual("1.0 latest", string.Join(' ', image.Tags));
        Assert.AreEqual("amd64", image.Config.Architecture);
        Assert.AreEqual(
            written.Size + image.Manifest.Config.Size + image.Manifest.Layers.Single().Size, image.CompressedSize);
        Assert.AreEqual("""{"imageLayoutVersion":"1.0.0"}""", File.ReadAllText(folder["oci-layout"]));
    }

    [TestMethod]
    public void An_image_without_tags_is_still_the_layouts_image()
    {
        using var folder = new TemporaryFolder();
        Descriptor written = Commit(folder, "one");
        LayoutImage image = new ImageLayout(folder.Path).ReadImage();
        Assert.AreEqual(written, image.Descriptor);
        Assert.IsEmpty(image.Tags);
    }

    [TestMethod]
    public void Until_it_is_committed_a_new_image_leaves_the_previous_one()
    {
        using var folder = new TemporaryFolder();
        Descriptor previous = Commit(folder, "one", "1.0");
        Write(folder, "two");
        Assert.AreEqual(previous, new ImageLayout(folder.Path).ReadImage().Descriptor);
    }

    [TestMethod]
    public void Committing_removes_the_blobs_that_nothing_refers_to_any_more()
    {
        using var folder = new TemporaryFolder();
        Commit(folder, "one", "1.0");
        Descriptor second = Commit(folder, "two", "1.0");
        LayoutImage image = new ImageLayout(folder.Path).ReadImage();
        Assert.AreEqual(second, image.Descriptor);
        CollectionAssert.AreEquivalent(
            image.Blobs.Append(second).Select(b => b.Digest.Hex).ToArray(),
            Directory.EnumerateFiles(folder["blobs/sha256"]).Select(Path.GetFileName).ToArray());
        Assert.AreEqual(
            "blobs index.json oci-layout",
            string.Join(' ', Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    public void What_a_killed_run_left_is_removed_and_what_a_running_one_writes_is_not()
    {
        using var folder = new TemporaryFolder();
        string left = folder.Write("blobs/sha256/.tmp-left", "");
        string running = folder.Write("blobs/sha256/.tmp-running", "");
        File.SetLastWriteTimeUtc(left, DateTime.UtcNow.AddHours(-2));
        Commit(folder, "one");
        Assert.IsFalse(File.Exists(left));
        Assert.IsTrue(File.Exists(running));
    }

    [TestMethod]
    public void A_layer_that_cannot_be_written_leaves_no_temporary_file()
    {
        using var folder = new TemporaryFolder();
        var plan = new LayerPlan
        {
            Name = "test",
            Time = DateTimeOffset.UnixEpoch,
            Entries = [new LayerEntry { Path = "a", Mode = 0, Source = folder["gone"] }],
        };
        EdgeException e = Assert.ThrowsExactly<EdgeException>(
            () => new ImageLayoutWriter(folder.Path).WriteLayer(plan, TestContext.CancellationToken));
        Assert.AreEqual(DiagnosticCodes.PayloadFileMissing, e.Code);
        Assert.IsEmpty(Directory.EnumerateFiles(folder["blobs/sha256"]));
    }

    [TestMethod]
    public void A_commit_that_fails_leaves_the_previous_image()
    {
        using var folder = new TemporaryFolder();
        Descriptor previous = Commit(folder, "one", "1.0");
        Descriptor next = Write(folder, "two");
        // What cannot be replaced stands for a disk that is full.
        File.Delete(folder["oci-layout"]);
        folder.Write("oci-layout/in-the-way", "");
        Fails(DiagnosticCodes.OutputNotWritable, () => new ImageLayoutWriter(folder.Path).Commit(next, ["2.0"]));
        Assert.AreEqual(previous, new ImageLayout(folder.Path).ReadImage().Descriptor);
        Assert.IsFalse(Directory.EnumerateFiles(folder.Path).Any(f => f.Contains(".tmp-", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_folder_that_cannot_be_written_is_named()
    {
        using var folder = new TemporaryFolder();
        // Root may write everywhere, but not below a file.
        string below = Path.Combine(folder.Write("file", ""), "layout");
        EdgeException e = Fails(DiagnosticCodes.OutputNotWritable, () => new ImageLayoutWriter(below).WriteConfig(Config()));
        Assert.Contains(below, e.Message);
        Fails(DiagnosticCodes.OutputNotWritable, () => new ImageLayoutWriter("/proc/edgeslim").WriteConfig(Config()));
    }

    [TestMethod]
    public void A_blob_is_taken_over_whole_or_not_at_all()
    {
        using var source = new TemporaryFolder();
        using var target = new TemporaryFolder();
        Commit(source, "one");
        var layout = new ImageLayout(source.Path);
        var writer = new ImageLayoutWriter(target.Path);
        Descriptor layer = layout.ReadImage().Manifest.Layers[0];
        writer.CopyBlob(layout, layer, TestContext.CancellationToken);
        Assert.AreEqual(layer.Digest, Digest.Of(File.ReadAllBytes(new ImageLayout(target.Path).BlobPath(layer.Digest))));

        File.Delete(new ImageLayout(target.Path).BlobPath(layer.Digest));
        byte[] damaged = File.ReadAllBytes(layout.BlobPath(layer.Digest));
        damaged[^1] ^= 1;
        File.WriteAllBytes(layout.BlobPath(layer.Digest), damaged);
        Fails(DiagnosticCodes.DigestMismatch, () => writer.CopyBlob(layout, layer, TestContext.CancellationToken));
        Assert.IsEmpty(Directory.EnumerateFiles(target["blobs/sha256"]));
    }

    [TestMethod]
    [DataRow(null, "index.json")]
    [DataRow("", "JSON")]
    [DataRow("{", "JSON")]
    [DataRow("null", "null")]
    [DataRow("[]", "JSON")]
    [DataRow("{}", "manifests")]
    [DataRow("""{"schemaVersion":2,"manifests":null}""", "manifests")]
    [DataRow("""{"schemaVersion":2,"manifests":[]}""", "names no image")]
    [DataRow("""{"schemaVersion":2,"manifests":[{"mediaType":"x","digest":"sha256:../../etc/passwd","size":1}]}""", "not a sha256 digest", DisplayName = "a digest that is a path")]
    [DataRow("""{"schemaVersion":2,"manifests":[{"mediaType":"x","digest":null,"size":1}]}""", "digest", DisplayName = "a digest that is null")]
    public void A_missing_or_malformed_index_is_named(string? index, string seen)
    {
        using var folder = new TemporaryFolder();
        if (index is not null)
        {
            folder.Write("index.json", index);
        }

        EdgeException e = Fails(DiagnosticCodes.LayoutDamaged, () => new ImageLayout(folder.Path).ReadImage());
        Assert.Contains(folder.Path, e.Message);
        Assert.Contains(seen, e.Message, StringComparison.OrdinalIgnoreCase);
    }

    [TestMethod]
    [DataRow("{}")]
    [DataRow("""{"schemaVersion":2,"config":null,"layers":[]}""")]
    [DataRow("""{"schemaVersion":2,"config":{"mediaType":"x","digest":"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a","size":2},"layers":null}""", DisplayName = "layers that are null")]
    [DataRow("not JSON")]
    public void A_malformed_manifest_is_named(string manifest)
    {
        using var folder = new TemporaryFolder();
        Descriptor written = Commit(folder, "one");
        File.WriteAllText(new ImageLayout(folder.Path).BlobPath(written.Digest), manifest);
        Fails(DiagnosticCodes.LayoutDamaged, () => new ImageLayout(folder.Path).ReadImage());
    }

    [TestMethod]
    public void A_blob_of_another_size_or_none_at_all_is_named()
    {
        using var folder = new TemporaryFolder();
        Commit(folder, "one");
        var layout = new ImageLayout(folder.Path);
        Descriptor layer = layout.ReadImage().Manifest.Layers[0];
        using (layout.OpenBlob(layer))
        {
        }

        EdgeException e = Fails(DiagnosticCodes.LayoutDamaged, () => layout.OpenBlob(layer with { Size = layer.Size + 1 }).Dispose());
        Assert.Contains($"{layer.Digest} has {layer.Size} bytes where {layer.Size + 1} are declared", e.Message);
        File.Delete(layout.BlobPath(layer.Digest));
        Fails(DiagnosticCodes.LayoutDamaged, () => layout.OpenBlob(layer).Dispose());
    }

    private static ImageConfig Config() => new()
    {
        Architecture = "amd64",
        OperatingSystem = "linux",
        RootFileSystem = new RootFileSystem { DiffIds = [] },
    };

    private Descriptor Write(TemporaryFolder folder, string content)
    {
        var writer = new ImageLayoutWriter(folder.Path);
        var plan = new LayerPlan
        {
            Name = "test",
            Time = DateTimeOffset.UnixEpoch,
            Entries = [new LayerEntry { Path = "a", Mode = LayerEntry.FileMode, Text = content, Size = content.Length }],
        };
        WrittenLayer layer = writer.WriteLayer(plan, TestContext.CancellationToken);
        return writer.WriteManifest(new ImageManifest
        {
            Config = writer.WriteConfig(Config() with { RootFileSystem = new RootFileSystem { DiffIds = [layer.DiffId] } }),
            Layers = [layer.Descriptor],
        });
    }

    private Descriptor Commit(TemporaryFolder folder, string content, params string[] tags)
    {
        Descriptor manifest = Write(folder, content);
        new ImageLayoutWriter(folder.Path).Commit(manifest, tags);
        return manifest;
    }

    private static EdgeException Fails(string code, Action action)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(action);
        Assert.AreEqual(code, e.Code, e.Message);
        return e;
    }
}
