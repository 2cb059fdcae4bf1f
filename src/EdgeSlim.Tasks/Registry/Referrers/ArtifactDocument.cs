using System.Text.Json;
using EdgeSlim.Oci;

namespace EdgeSlim.Registry.Referrers;

/// <summary>An artifact as it is pushed: the manifest, and the blobs that it names (image-spec 1.1, "Guidelines for Artifact Usage").</summary>
/// <param name="Manifest">The manifest.</param>
/// <param name="Blobs">The blobs, each once.</param>
/// <param name="Entry">How a list of referrers names it.</param>
internal sealed record ArtifactDocument(
    RegistryManifest Manifest, IReadOnlyList<(Descriptor Descriptor, ReadOnlyMemory<byte> Bytes)> Blobs, Descriptor Entry)
{
    private static readonly byte[] EmptyJson = [(byte)'{', (byte)'}'];

    private static readonly Descriptor Empty = new() { MediaType = MediaTypes.Empty, Digest = Digest.Of(EmptyJson), Size = EmptyJson.Length };

    public static ArtifactDocument Of(Artifact artifact, Descriptor subject)
    {
        (Descriptor Descriptor, ReadOnlyMemory<byte> Bytes)[] layers =
        [
            .. artifact.Contents.Select(c => (
                new Descriptor
                {
                    MediaType = c.MediaType,
                    Digest = Digest.Of(c.Bytes.Span),
                    Size = c.Bytes.Length,
                    Annotations = c.Annotations,
                },
                c.Bytes)),
        ];
        (Descriptor, ReadOnlyMemory<byte>) config = (Empty, EmptyJson);
        var manifest = new ImageManifest
        {
            ArtifactType = artifact.ArtifactType,
            Config = Empty,
            // A manifest must have a layer.
            Layers = layers.Length > 0 ? [.. layers.Select(l => l.Descriptor)] : [Empty],
            Subject = new Descriptor { MediaType = subject.MediaType, Digest = subject.Digest, Size = subject.Size },
            Annotations = artifact.Annotations,
        };
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(manifest, OciJson.Documents.ImageManifest);
        var descriptor = new Descriptor { MediaType = MediaTypes.ImageManifest, Digest = Digest.Of(bytes), Size = bytes.Length };
        return new ArtifactDocument(
            new RegistryManifest(descriptor, bytes),
            [.. layers.Append(config).DistinctBy(b => b.Item1.Digest)],
            descriptor with { ArtifactType = artifact.ArtifactType, Annotations = artifact.Annotations });
    }
}
