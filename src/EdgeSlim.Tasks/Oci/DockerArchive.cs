using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeSlim.Oci;

/// <summary>Makes an image layout of what <c>docker save</c> and <c>podman save</c> write.</summary>
internal static partial class DockerArchive
{
    /// <summary>The file that says what is in the archive.</summary>
    public const string ManifestFile = "manifest.json";

    /// <summary>Makes the layout.</summary>
    /// <param name="manifest">The text of <see cref="ManifestFile"/>.</param>
    /// <param name="find">Where a file of the archive was unpacked to; null where there is none.</param>
    /// <param name="layout">The layout.</param>
    /// <param name="platform">The platform to take of several images.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="InvalidDataException">The archive is damaged.</exception>
    public static void Convert(
        byte[] manifest, Func<string, string?> find, ImageLayout layout, Platform platform, CancellationToken cancellationToken)
    {
        string Required(string name) =>
            find(name) is string path && File.Exists(path) ? path : throw new InvalidDataException($"its file '{name}' is missing");

        try
        {
            SavedImage[] images = JsonSerializer.Deserialize(manifest, SavedJson.Default.SavedImageArray) ?? [];
            WholeList.Check(images, ManifestFile);
            (SavedImage Image, ImageConfig Config)[] found =
                [.. images.Select(i => (i, Read(Required(i.Config))))];
            (SavedImage image, ImageConfig config) = found.FirstOrDefault(
                f => f.Config.Architecture == platform.Architecture && f.Config.OperatingSystem == platform.OperatingSystem,
                found.FirstOrDefault());
            if (image is null)
            {
                throw new InvalidDataException("it holds no image");
            }

            Descriptor[] layers = [.. image.Layers.Select(l => Layer(Required(l), layout, cancellationToken))];
            ImageLayoutWriter writer = new(layout.Folder);
            Descriptor written = writer.WriteManifest(new ImageManifest { Config = writer.WriteConfig(config), Layers = layers });
            writer.Commit(
                written with
                {
                    Platform = new Platform
                    {
                        OperatingSystem = config.OperatingSystem,
                        Architecture = config.Architecture,
                        Variant = config.Variant,
                    },
                },
                []);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    // What lies there uncompressed would be sent so with each image.
    private static Descriptor Layer(string file, ImageLayout layout, CancellationToken cancellationToken)
    {
        string temporary = file + ".gz";
        Digest digest;
        using (FileStream source = File.OpenRead(file))
        using (Stream content = ImageArchive.Decompressed(source))
        {
            if (content is GZipStream)
            {
                source.Position = 0;
                digest = ImageArchive.Write(source, temporary, null, cancellationToken);
            }
            else
            {
                using FileStream target = File.Create(temporary);
                using HashingStream hashing = new(target, cancellationToken);
                using (Stream gzip = LayerEncoders.For(LayerCompression.Fast)[0](hashing, cancellationToken))
                {
                    content.CopyTo(gzip);
                }

                digest = hashing.Finish();
            }
        }

        string blob = layout.BlobPath(digest);
        File.Move(temporary, blob, overwrite: true);
        return new Descriptor { MediaType = MediaTypes.LayerGzip, Digest = digest, Size = new FileInfo(blob).Length };
    }

    private static ImageConfig Read(string file) =>
        JsonSerializer.Deserialize(File.ReadAllBytes(file), OciJson.Documents.ImageConfig)
        ?? throw new JsonException("The configuration is null.");

    /// <summary>An entry of <see cref="ManifestFile"/>.</summary>
    internal sealed record SavedImage(
        [property: JsonPropertyName("Config")] string Config, [property: JsonPropertyName("Layers")] IReadOnlyList<string> Layers);

    [JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
    [JsonSerializable(typeof(SavedImage[]))]
    private sealed partial class SavedJson : JsonSerializerContext;
}
