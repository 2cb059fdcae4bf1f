using System.Text.Json;
using EdgeSlim.Oci;

namespace EdgeSlim.Tests.Registry;

/// <summary>A small image in a layout on disk. Its layers are any bytes: registries do not look into them.</summary>
internal sealed class TestImage : IDisposable
{
    private readonly TemporaryFolder? _own;

    public TestImage(params string[] layers)
        : this(new TemporaryFolder(), isOwn: true, [.. layers.Select(System.Text.Encoding.UTF8.GetBytes)])
    {
    }

    public TestImage(params byte[][] layers)
        : this(new TemporaryFolder(), isOwn: true, layers)
    {
    }

    public TestImage(TemporaryFolder folder, params string[] layers)
        : this(folder, isOwn: false, [.. layers.Select(System.Text.Encoding.UTF8.GetBytes)])
    {
    }

    private TestImage(TemporaryFolder folder, bool isOwn, byte[][] layers)
    {
        _own = isOwn ? folder : null;
        Layout = new ImageLayout(folder.Path);
        Descriptor[] descriptors = [.. layers.Select(l => Add(MediaTypes.LayerGzip, l))];
        var config = new ImageConfig
        {
            Architecture = "amd64",
            OperatingSystem = "linux",
            RootFileSystem = new RootFileSystem { DiffIds = [.. descriptors.Select(d => d.Digest)] },
        };
        var manifest = new ImageManifest
        {
            Config = Add(MediaTypes.ImageConfig, JsonSerializer.SerializeToUtf8Bytes(config, OciJson.Documents.ImageConfig)),
            Layers = descriptors,
        };
        Image = new LayoutImage
        {
            Descriptor = Add(MediaTypes.ImageManifest, JsonSerializer.SerializeToUtf8Bytes(manifest, OciJson.Documents.ImageManifest)),
            Tags = [],
            Manifest = manifest,
            Config = config,
        };
    }

    public ImageLayout Layout { get; }

    public LayoutImage Image { get; }

    public LayoutTree Tree => LayoutTree.Of(Image);

    public Digest Digest => Image.Descriptor.Digest;

    /// <summary>An index of images of one layout.</summary>
    public static LayoutTree Index(params TestImage[] images)
    {
        var index = new ImageIndex { Manifests = [.. images.Select(i => i.Image.Descriptor)] };
        return new LayoutTree
        {
            Root = images[0].Add(MediaTypes.ImageIndex, JsonSerializer.SerializeToUtf8Bytes(index, OciJson.Documents.ImageIndex)),
            Images = [.. images.Select(i => i.Image)],
        };
    }

    public void Dispose() => _own?.Dispose();

    private Descriptor Add(string mediaType, byte[] content)
    {
        var digest = Digest.Of(content);
        string path = Layout.BlobPath(digest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return new Descriptor { MediaType = mediaType, Digest = digest, Size = content.Length };
    }
}
