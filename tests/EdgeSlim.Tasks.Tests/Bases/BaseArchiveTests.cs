using System.Formats.Tar;
using System.IO.Compression;
using EdgeSlim.Bases;
using EdgeSlim.Composition;
using EdgeSlim.Delivery;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Tests.Composition;
using EdgeSlim.Tests.Registry;

namespace EdgeSlim.Tests.Bases;

[TestClass]
public sealed class BaseArchiveTests : IDisposable
{
    private static readonly Platform Amd64 = new() { OperatingSystem = "linux", Architecture = "amd64" };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow(ArchiveFormat.Oci, "base.tar", false)]
    [DataRow(ArchiveFormat.Oci, "base.tar.gz", true)]
    [DataRow(ArchiveFormat.Docker, "base.tar", false)]
    [DataRow(ArchiveFormat.Docker, "base.tgz", true)]
    public async Task An_archive_of_either_kind_gives_the_image_that_went_into_it(ArchiveFormat format, string name, bool isCompressed)
    {
        LayoutImage image = await WriteAsync(format, _folder[name], isCompressed, "a file");

        BaseImage found = await FindAsync(_folder[name]);

        Assert.AreSequenceEqual(image.Manifest.Layers.Select(l => l.Digest), found.Layers.Select(l => l.Digest));
        Assert.AreSequenceEqual(image.Config.RootFileSystem.DiffIds, found.Config!.RootFileSystem.DiffIds);
        Assert.IsTrue(found.IsLocal);
        Assert.IsTrue(File.Exists(new ImageLayout(found.LayoutFolder!).BlobPath(found.Layers[0].Digest)));
    }

    [TestMethod]
    public async Task An_archive_is_unpacked_once_and_again_when_it_changed()
    {
        await WriteAsync(ArchiveFormat.Oci, _folder["base.tar"], false, "a file");
        BaseImage first = await FindAsync(_folder["base.tar"]);
        string index = Path.Combine(first.LayoutFolder!, "index.json");
        DateTime unpacked = File.GetLastWriteTimeUtc(index);

        Assert.AreEqual(first.Digest, (await FindAsync(_folder["base.tar"])).Digest);
        Assert.AreEqual(unpacked, File.GetLastWriteTimeUtc(index));

        await WriteAsync(ArchiveFormat.Oci, _folder["base.tar"], false, "another file, and longer");
        Assert.AreNotEqual(first.Digest, (await FindAsync(_folder["base.tar"])).Digest);
        Assert.HasCount(1, Directory.GetDirectories(_folder["cache/archives"]));
    }

    [TestMethod]
    public async Task Layers_that_docker_saved_uncompressed_are_compressed_and_links_to_them_are_followed()
    {
        byte[] layer = Tar(tar => Write(tar, "etc/os-release", "ID=test"u8.ToArray()));
        byte[] config = System.Text.Encoding.UTF8.GetBytes(
            $$"""{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["{{Digest.Of(layer)}}","{{Digest.Of(layer)}}"] } }""");
        File.WriteAllBytes(_folder["saved.tar"], Tar(tar =>
        {
            Write(tar, "one/layer.tar", layer);
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "two/layer.tar") { LinkName = "../one/layer.tar" });
            Write(tar, "config.json", config);
            Write(tar, "manifest.json", """[{"Config":"config.json","RepoTags":null,"Layers":["one/layer.tar","two/layer.tar"]}]"""u8.ToArray());
        }));

        BaseImage found = await FindAsync(_folder["saved.tar"]);

        Assert.HasCount(2, found.Layers);
        Assert.AreEqual(MediaTypes.LayerGzip, found.Layers[1].MediaType);
        using Stream content = LayerContent.Open(new ImageLayout(found.LayoutFolder!), found.Layers[0]);
        using TarReader reader = new(content);
        Assert.AreEqual("etc/os-release", reader.GetNextEntry()!.Name);
    }

    [TestMethod]
    public async Task What_is_no_image_archive_is_said_and_leaves_nothing()
    {
        await WriteAsync(ArchiveFormat.Oci, _folder["whole.tar"], false, "a file");
        byte[] whole = File.ReadAllBytes(_folder["whole.tar"]);
        (string Name, byte[] Content)[] wrong =
        [
            ("text.tar", "this is no archive"u8.ToArray()),
            ("empty.tar", []),
            ("other.tar", Tar(tar => Write(tar, "readme.txt", "hello"u8.ToArray()))),
            ("cut.tar", whole[..(whole.Length / 2)]),
            ("cut.tar.gz", [0x1f, 0x8b, 8, 0, 0]),
            ("forged.tar", Tar(tar => Write(tar, $"blobs/sha256/{new string('a', 64)}", "other"u8.ToArray()))),
            ("lacking.tar", Tar(tar => Write(tar, "manifest.json", """[{"Config":"config.json","Layers":["x.tar"]}]"""u8.ToArray()))),
            ("none.tar", Tar(tar => Write(tar, "manifest.json", "[]"u8.ToArray()))),
            ("null.tar", Tar(tar => Write(tar, "manifest.json", "[null]"u8.ToArray()))),
            ("odd.tar", Tar(tar => Write(tar, "manifest.json", """[{"Layers":null}]"""u8.ToArray()))),
        ];
        foreach ((string name, byte[] content) in wrong)
        {
            File.WriteAllBytes(_folder[name], content);
            EdgeException e = await RegistryTest.FailsAsync(DiagnosticCodes.BaseUnreadable, () => FindAsync(_folder[name]));
            Assert.Contains(name, e.Message);
        }

        Assert.IsEmpty(Directory.GetDirectories(_folder["cache/archives"]));
        await RegistryTest.FailsAsync(DiagnosticCodes.BaseUnreadable, () => FindAsync(_folder["missing.tar"]));
    }

    [TestMethod]
    public async Task An_index_within_the_index_of_a_layout_is_followed()
    {
        (ImageLayout layout, LayoutImage image) = await ComposeAsync(_folder, "a file");
        byte[] inner = System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
            new ImageIndex { Manifests = [image.Descriptor with { Platform = Amd64 }] }, OciJson.Documents.ImageIndex);
        File.WriteAllBytes(layout.BlobPath(Digest.Of(inner)), inner);
        File.WriteAllBytes(
            Path.Combine(layout.Folder, "index.json"),
            System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(
                new ImageIndex { Manifests = [new Descriptor { MediaType = MediaTypes.ImageIndex, Digest = Digest.Of(inner), Size = inner.Length }] },
                OciJson.Documents.ImageIndex));

        Assert.AreEqual(image.Descriptor.Digest, (await FindAsync("oci:" + layout.Folder)).Digest);
    }

    private Task<BaseImage> FindAsync(string name) =>
        new BaseImageSource(_folder["cache"], _ => throw new InvalidOperationException(), new RecordingSink()).FindAsync(name, Amd64, default);

    private static async Task<LayoutImage> WriteAsync(ArchiveFormat format, string path, bool isCompressed, string text)
    {
        using TemporaryFolder folder = new();
        (ImageLayout layout, LayoutImage image) = await ComposeAsync(folder, text);
        await using FileStream file = File.Create(path);
        await using Stream output = isCompressed ? new GZipStream(file, CompressionLevel.Fastest) : new BufferedStream(file);
        await ArchiveWriter.WriteAsync(new DeliverableImage(layout, LayoutTree.Of(image), "base", ["1"]), format, output, default);
        return image;
    }

    private static async Task<(ImageLayout Layout, LayoutImage Image)> ComposeAsync(TemporaryFolder folder, string text) => (
        new ImageLayout(folder["oci"]),
        await new ImageComposer(folder["oci"], folder["lock"]).ComposeAsync(
            PlanSamples.Plan(PlanSamples.Payload(folder, ("agent", text)), tags: "1"), CancellationToken.None));

    private static byte[] Tar(Action<TarWriter> write)
    {
        using MemoryStream archive = new();
        using (TarWriter tar = new(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            write(tar);
        }

        return archive.ToArray();
    }

    private static void Write(TarWriter tar, string name, byte[] content) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
}
