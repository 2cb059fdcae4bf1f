using System.Formats.Tar;
using System.IO.Compression;
using EdgeSlim.LinkChecks;
using EdgeSlim.Oci;
using ZstdSharp;

namespace EdgeSlim.Tests.LinkChecks;

/// <summary>An image layout on disk whose layers are written entry by entry.</summary>
internal sealed class SampleLayout(TemporaryFolder folder)
{
    private readonly List<Descriptor> _layers = [];

    public ImageLayout Layout { get; } = new(folder["oci"]);

    /// <summary>The layers, base first.</summary>
    public IReadOnlyList<Descriptor> Layers => _layers;

    /// <summary>Adds a layer.</summary>
    public SampleLayout Layer(Action<TarWriter> write, string mediaType = MediaTypes.LayerGzip)
    {
        using MemoryStream archive = new();
        using (TarWriter tar = new(archive, TarEntryFormat.Pax, leaveOpen: true))
        {
            write(tar);
        }

        using MemoryStream blob = new();
        using (Stream compressed = mediaType switch
        {
            MediaTypes.LayerZstd => new CompressionStream(blob),
            MediaTypes.Layer => new BufferedStream(blob),
            _ => new GZipStream(blob, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            compressed.Write(archive.ToArray());
        }

        return Blob(blob.ToArray(), mediaType);
    }

    /// <summary>Adds a layer of any bytes.</summary>
    public SampleLayout Blob(byte[] content, string mediaType = MediaTypes.LayerGzip)
    {
        Descriptor descriptor = new() { MediaType = mediaType, Digest = Digest.Of(content), Size = content.Length };
        string path = Layout.BlobPath(descriptor.Digest);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        _layers.Add(descriptor);
        return this;
    }

    public LinkCheckResult Check(params string[] ignore)
    {
        ImageLayoutWriter writer = new(folder["oci"]);
        ImageConfig config = new()
        {
            Architecture = "amd64",
            OperatingSystem = "linux",
            Config = new ContainerConfig { Entrypoint = ["/app/agent"], User = "65532" },
            RootFileSystem = new RootFileSystem { DiffIds = [] },
            History = [.. _layers.Select(_ => new HistoryEntry { CreatedBy = HistoryEntry.EdgeSlim })],
        };
        writer.Commit(writer.WriteManifest(new ImageManifest { Config = writer.WriteConfig(config), Layers = _layers }), []);
        return LinkChecker.Check(Layout, ignore, needsShell: false, CancellationToken.None);
    }
}

/// <summary>Entries of a layer.</summary>
internal static class SampleEntries
{
    public static void File(this TarWriter tar, string path, string source, int mode = 0b111_101_101)
    {
        using FileStream content = System.IO.File.OpenRead(source);
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = content, Mode = (UnixFileMode)mode });
    }

    public static void Text(this TarWriter tar, string path, string text, int mode = 0b110_100_100) => tar.WriteEntry(
        new PaxTarEntry(TarEntryType.RegularFile, path)
        {
            DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)),
            Mode = (UnixFileMode)mode,
        });

    public static void Link(this TarWriter tar, TarEntryType type, string path, string target) =>
        tar.WriteEntry(new PaxTarEntry(type, path) { LinkName = target });
}
