namespace EdgeSlim.Oci;

/// <summary>The media types of image-spec 1.1 (media-types.md) and of Docker's schema 2.</summary>
public static class MediaTypes
{
    /// <summary>An OCI image index.</summary>
    public const string ImageIndex = "application/vnd.oci.image.index.v1+json";

    /// <summary>An OCI image manifest.</summary>
    public const string ImageManifest = "application/vnd.oci.image.manifest.v1+json";

    /// <summary>An OCI image configuration.</summary>
    public const string ImageConfig = "application/vnd.oci.image.config.v1+json";

    /// <summary>A layer: an uncompressed tar archive.</summary>
    public const string Layer = "application/vnd.oci.image.layer.v1.tar";

    /// <summary>A layer: a tar archive compressed with gzip.</summary>
    public const string LayerGzip = "application/vnd.oci.image.layer.v1.tar+gzip";

    /// <summary>A layer: a tar archive compressed with zstd.</summary>
    public const string LayerZstd = "application/vnd.oci.image.layer.v1.tar+zstd";

    /// <summary>The configuration of what has none: <c>{}</c>.</summary>
    public const string Empty = "application/vnd.oci.empty.v1+json";

    /// <summary>A statement about something: a provenance, for instance (in-toto attestation framework).</summary>
    public const string InToto = "application/vnd.in-toto+json";

    /// <summary>Docker's manifest, schema 2.</summary>
    public const string DockerManifest = "application/vnd.docker.distribution.manifest.v2+json";

    /// <summary>Docker's manifest list.</summary>
    public const string DockerManifestList = "application/vnd.docker.distribution.manifest.list.v2+json";

    /// <summary>Docker's layer, compressed with gzip.</summary>
    public const string DockerLayerGzip = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    /// <summary>Docker's layer, uncompressed.</summary>
    public const string DockerLayer = "application/vnd.docker.image.rootfs.diff.tar";

    // Docker's schema 2 has no name for it; tools that compress with zstd all the same agree on this one.
    private const string DockerLayerZstd = "application/vnd.docker.image.rootfs.diff.tar.zstd";

    /// <summary>OCI's name for the kind of a layer: one image never mixes Docker's names and OCI's.</summary>
    /// <param name="mediaType">Docker's name or OCI's.</param>
    /// <returns>OCI's name; what is of neither stays as it is.</returns>
    public static string OfOciLayer(string mediaType) => mediaType switch
    {
        DockerLayer => Layer,
        DockerLayerGzip => LayerGzip,
        DockerLayerZstd => LayerZstd,
        _ => mediaType,
    };
}
