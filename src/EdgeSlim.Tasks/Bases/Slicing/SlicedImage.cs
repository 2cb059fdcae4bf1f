using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Bases.Slicing;

/// <summary>Slices an image: reads it, takes what is needed, and leaves the rest.</summary>
/// <param name="folder">Where the files that are taken are kept, by what they hold.</param>
/// <param name="cache">Keeps images unpacked; null for nowhere.</param>
public sealed class SlicedImage(string folder, ImageCache? cache = null)
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
            return CutUndamaged(image, request, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, folder, e.Message);
        }
    }

    private Slice CutUndamaged(BaseImage image, SliceRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return CutUnpacked(image, request, cancellationToken);
        }
        catch (DamagedSpoolException) when (cache is not null)
        {
            cache.Drop(image.Layers);
            return CutUnpacked(image, request, cancellationToken);
        }
    }

    private Slice CutUnpacked(BaseImage image, SliceRequest request, CancellationToken cancellationToken)
    {
        ImageLayout layout = new(image.LayoutFolder!);
        using SpooledFileSystem files =
            cache?.Open(layout, image.Layers, cancellationToken) ?? SpooledFileSystem.Unpack(layout, image.Layers, folder, cancellationToken);
        Slice slice = new Slicer(files, image.IsLocal ? image.Name : $"{image.Name}@{image.Digest}").Cut(request);
        slice = slice with { Files = [.. slice.Files.Select(f => Kept(f, files))] };
        RemoveOthers([.. slice.Files.Select(f => f.Source).OfType<string>()]);
        return slice;
    }

    // A file that is there already keeps its time, by which the plan tells a changed one.
    private SystemFile Kept(SystemFile file, SpooledFileSystem files)
    {
        if (files.HashOf(file.Source) is not string hash)
        {
            return file;
        }

        string kept = Path.Combine(folder, hash);
        if (!File.Exists(kept))
        {
            string temporary = $"{kept}.{Guid.NewGuid():N}.tmp";
            using (Stream content = files.Open(file.Source!))
            using (FileStream copy = File.Create(temporary))
            {
                content.CopyTo(copy);
            }

            File.Move(temporary, kept, overwrite: true);
        }

        return file with { Source = kept };
    }

    // What is being written belongs to a run beside this one, or is what one that was killed left.
    private void RemoveOthers(HashSet<string> kept)
    {
        DateTime abandoned = DateTime.UtcNow.AddHours(-1);
        foreach (FileInfo file in new DirectoryInfo(folder).GetFiles()
            .Where(f => !kept.Contains(Path.Combine(folder, f.Name)) && (f.Extension.Length == 0 || f.LastWriteTimeUtc < abandoned)))
        {
            file.Delete();
        }
    }
}
