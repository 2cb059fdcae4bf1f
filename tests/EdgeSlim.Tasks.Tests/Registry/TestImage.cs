using System.Text.Json;
using EdgeSlim.Oci;

namespace EdgeSlim.Tests.Registry;

/// <summary>A small image in a layout on disk. Its layers are any bytes: registries do not look into them.</summary>
internal sealed class TestImage : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TestImage(params string[] layers)
    {
        Layout = new ImageLayout(_folder.Path);
        Descriptor[] descriptors = [.. layers.Select(l => Add(MediaTypes.LayerGzip, System.Text.Encoding.UTF8.GetBytes(l)))];
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

    public Digest Digest => Image.Descriptor.Digest;

    public void Dispose() => _folder.Dispose();

    private Descriptor Add(string mediaType, byte[] content)
    {
        var digest = Digest.Of(content);
        string path = Layout.BlobPath(digest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return new Descriptor { MediaType = mediaType, Digest = digest, Size = content.Length };
    }
}
