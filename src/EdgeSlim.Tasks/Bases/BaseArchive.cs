using System.Globalization;
using System.Text;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Bases;

/// <summary>Base images in one file. It is unpacked once, and again when the file has changed.</summary>
internal static class BaseArchive
{
    private const string StampFile = "source.txt";

    /// <summary>Finds the image of an archive.</summary>
    /// <param name="name">The archive's path.</param>
    /// <param name="cacheFolder">Where it is unpacked to.</param>
    /// <param name="platform">The platform to take of a multi-architecture image.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The layout that it was unpacked to, and the image's manifest or index.</returns>
    /// <exception cref="EdgeException">It is missing or no image archive (EDGE2003), or has no image for the platform (EDGE2002).</exception>
    public static (ImageLayout Layout, Descriptor Image) Find(
        string name, string cacheFolder, Platform platform, CancellationToken cancellationToken)
    {
        ImageLayout layout = Open(name, cacheFolder, platform, cancellationToken);
        return (layout, BaseDocuments.Choose(name, layout.ReadIndex().Manifests, platform));
    }

    private static ImageLayout Open(string name, string cacheFolder, Platform platform, CancellationToken cancellationToken)
    {
        FileInfo file = new(Path.GetFullPath(name));
        if (!file.Exists)
        {
            throw new EdgeException(DiagnosticCodes.BaseUnreadable, name, $"the file '{file.FullName}' does not exist");
        }

        // By the path, so that the archive of yesterday makes room for that of today.
        string folder = Path.Combine(cacheFolder, "archives", Digest.Of(Encoding.UTF8.GetBytes(file.FullName)).Hex[..16]);
        string stamp = string.Create(
            CultureInfo.InvariantCulture, $"{file.FullName} {file.Length} {file.LastWriteTimeUtc.Ticks} {platform}");
        string stampFile = Path.Combine(folder, StampFile);
        if (File.Exists(stampFile) && File.ReadAllText(stampFile) == stamp)
        {
            return new ImageLayout(folder);
        }

        string temporary = $"{folder}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(temporary);
            using (FileStream stream = file.OpenRead())
            {
                ImageArchive.Unpack(stream, temporary, platform, cancellationToken);
            }

            File.WriteAllText(Path.Combine(temporary, StampFile), stamp);
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }

            Directory.Move(temporary, folder);
            return new ImageLayout(folder);
        }
        catch (Exception e) when (LayerContent.IsDamage(e))
        {
            throw new EdgeException(e, DiagnosticCodes.BaseUnreadable, name, e.Message);
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }
}
