using System.Security.Cryptography;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Bases.Slicing;

/// <summary>Slices an image: reads it, takes what is needed, and leaves the rest.</summary>
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
        try
        {
            Directory.CreateDirectory(folder);
            using SpooledFileSystem files = ImageReader.Spool(
                new ImageLayout(image.LayoutFolder!), image.Layers, folder, cancellationToken);
            Slice slice = new Slicer(files, image.IsLocal ? image.Name : $"{image.Name}@{image.Digest}").Cut(request);
            slice = slice with { Files = [.. slice.Files.Select(f => Kept(f, files))] };
            RemoveOthers([.. slice.Files.Select(f => f.Source).OfType<string>()]);
            return slice;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, folder, e.Message);
        }
    }

    // A file that is there already keeps its time, by which the plan tells a changed one.
    private SystemFile Kept(SystemFile file, SpooledFileSystem files)
    {
        if (file.Source is not string source || !files.Holds(source))
        {
            return file;
        }

        using Stream content = files.Open(source);
        string kept = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(content)));
        if (!File.Exists(kept))
        {
            content.Position = 0;
            using (FileStream copy = File.Create(kept + ".tmp"))
            {
                content.CopyTo(copy);
            }

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
