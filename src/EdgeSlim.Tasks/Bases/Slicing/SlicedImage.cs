using System.Security.Cryptography;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Bases.Slicing;

/// <summary>Slices an image: unpacks it, takes what is needed, and throws the rest away.</summary>
/// <param name="folder">Where the files that are taken are kept, by what they hold.</param>
public sealed class SlicedImage(string folder)
{
    /// <summary>Slices it.</summary>
    /// <param name="image">The image, whose layers are on disk.</param>
    /// <param name="request">What is needed.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The slice.</returns>
    /// <exception cref="EdgeException">A layer or file cannot be read, or the folder cannot be written.</exception>
    public Slice Cut(BaseImage image, SliceRequest request, CancellationToken cancellationToken)
    {
        string unpacked = Path.Combine(folder, $"{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(unpacked);
            UnpackedFileSystem files = ImageReader.Unpack(
                new ImageLayout(image.LayoutFolder!), image.Layers, unpacked, cancellationToken);
            Slice slice = new Slicer(files, image.IsLocal ? image.Name : $"{image.Name}@{image.Digest}").Cut(request);
            slice = slice with { Files = [.. slice.Files.Select(f => Kept(f, unpacked))] };
            RemoveOthers([.. slice.Files.Select(f => f.Source).OfType<string>()]);
            return slice;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, folder, e.Message);
        }
        finally
        {
            if (Directory.Exists(unpacked))
            {
                Directory.Delete(unpacked, recursive: true);
            }
        }
    }

    // A file that is there already keeps its time, by which the plan tells a changed one.
    private SystemFile Kept(SystemFile file, string unpacked)
    {
        if (file.Source is not string source || Path.GetDirectoryName(source) != unpacked)
        {
            return file;
        }

        string kept;
        using (FileStream content = File.OpenRead(source))
        {
            kept = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(content)));
        }

        if (!File.Exists(kept))
        {
            File.Copy(source, kept + ".tmp", overwrite: true);
            File.Move(kept + ".tmp", kept);
        }

        return file with { Source = kept };
    }

    private void RemoveOthers(HashSet<string> kept)
    {
        foreach (string file in Directory.GetFiles(folder).Where(f => !kept.Contains(f)))
        {
            File.Delete(file);
        }
    }
}
