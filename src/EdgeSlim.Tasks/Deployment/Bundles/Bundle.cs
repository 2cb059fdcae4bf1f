using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Deployment.Bundles;

/// <summary>Writes all that a device without a network needs into one file; the same input always gives the same bytes.</summary>
/// <param name="layout">The layout that holds the image.</param>
/// <param name="tree">The image, or the index with its images.</param>
/// <param name="names">What the image is called.</param>
public sealed class Bundle(ImageLayout layout, LayoutTree tree, ImageNames names)
{
    private const string Sums = "SHA256SUMS";
    private const string Installer = "install.sh";

    /// <summary>The name of the application's objects, and of the files on the device.</summary>
    public required string Name { get; init; }

    /// <summary>The manifests: one file of all objects.</summary>
    public required string ManifestFile { get; init; }

    /// <summary>The seccomp profile that the manifests name; null for none.</summary>
    public string? SeccompFile { get; init; }

    /// <summary>Documents beside the image, each with its name in the bundle.</summary>
    public IReadOnlyList<(string Path, string Name)> Documents { get; init; } = [];

    /// <summary>Writes the file, which appears only when it is whole.</summary>
    /// <param name="path">The file; its extension says how it is compressed.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Its size in bytes.</returns>
    /// <exception cref="EdgeException">It has another extension (EDGE9004), or cannot be written (EDGE7010).</exception>
    public async Task<long> WriteAsync(string path, CancellationToken cancellationToken)
    {
        LayerCompression compression = CompressionOf(path);
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        string image = $"{temporary}.image";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            await using (FileStream archive = File.Create(image))
            {
                await ImportableArchive.WriteAsync(layout, tree, names, archive, cancellationToken);
            }

            long size;
            await using (FileStream file = File.Create(temporary))
            {
                await using (Stream compressed = LayerEncoders.For(compression)[0](file, cancellationToken))
                {
                    await WriteAsync(compressed, image, cancellationToken);
                }

                file.Flush(flushToDisk: true);
                size = file.Length;
            }

            File.Move(temporary, path, overwrite: true);
            return size;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.BundleNotWritable, path, e.Message);
        }
        finally
        {
            Discard(temporary);
            Discard(image);
        }
    }

    private static LayerCompression CompressionOf(string path) =>
        path.EndsWith(".tar.zst", StringComparison.Ordinal) || path.EndsWith(".tzst", StringComparison.Ordinal) ? LayerCompression.FastZstd
        : path.EndsWith(".tar.gz", StringComparison.Ordinal) || path.EndsWith(".tgz", StringComparison.Ordinal) ? LayerCompression.Fast
        : throw new EdgeException(DiagnosticCodes.InvalidPropertyValue, "EdgeBundleFile", path, "a file that ends in .tar.zst or .tar.gz");

    private async Task WriteAsync(Stream output, string image, CancellationToken cancellationToken)
    {
        List<(string Name, Func<Stream> Open)> files =
        [
            (Installer, () => new MemoryStream(InstallScript())),
            ($"images/{Name}.tar", () => File.OpenRead(image)),
            ($"manifests/{Name}.yaml", () => File.OpenRead(ManifestFile)),
            .. Documents.Select(d => ($"sbom/{d.Name}", (Func<Stream>)(() => File.OpenRead(d.Path)))),
        ];
        if (SeccompFile is string profile)
        {
            files.Add(($"seccomp/{Name}.json", () => File.OpenRead(profile)));
        }

        files.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        StringBuilder sums = new();
        foreach ((string name, Func<Stream> open) in files)
        {
            await using Stream content = open();
            sums.Append(Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken))).Append("  ").Append(name).Append('\n');
        }

        string folder = names.Tags.Count == 0 ? Name : $"{Name}-{names.Tags[0]}";
        await using TarWriter tar = new(output, TarEntryFormat.Ustar, leaveOpen: true);
        await TarFile.WriteAsync(tar, $"{folder}/{Sums}", Encoding.UTF8.GetBytes(sums.ToString()), cancellationToken);
        foreach ((string name, Func<Stream> open) in files)
        {
            await using Stream content = open();
            await TarFile.WriteAsync(tar, $"{folder}/{name}", content, isProgram: name == Installer, cancellationToken);
        }
    }

    private byte[] InstallScript()
    {
        using Stream resource = typeof(Bundle).Assembly.GetManifestResourceStream("EdgeSlim.Deployment.Bundles.install.sh")!;
        using StreamReader reader = new(resource, Encoding.UTF8);
        return Encoding.UTF8.GetBytes(reader.ReadToEnd().Replace("\r", "", StringComparison.Ordinal).Replace("@NAME@", Name, StringComparison.Ordinal));
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that led here says more.
        }
    }
}
