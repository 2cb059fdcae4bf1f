using System.Globalization;
using System.IO.Compression;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Delivery;

/// <summary>Writes an image into a file.</summary>
/// <param name="path">The file, or a folder in which it gets the repository's name.</param>
/// <param name="format">How it is laid out.</param>
public sealed class ArchiveDestination(string path, ArchiveFormat format) : IDestination
{
    /// <summary>What earlier runs wrote.</summary>
    public DeliveryNotes Notes { get; init; } = new([]);

    /// <inheritdoc/>
    public Task CheckAsync(DeliverableImage image, CancellationToken cancellationToken) =>
        format == ArchiveFormat.Docker && image.Tree.IsIndex
            ? throw new EdgeException(
                DiagnosticCodes.ArchiveTakesOnePlatform, string.Join(", ", image.Platforms))
            : Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<Delivered> DeliverAsync(DeliverableImage image, CancellationToken cancellationToken)
    {
        string target = Target(image);
        if (NoteOf(target, image) is string before && Notes.Had(before))
        {
            Notes.Add(before);
            return new Delivered("archive", [target], 0, "it was there already");
        }

        string temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            long size;
            await using (FileStream file = File.Create(temporary))
            {
                if (IsCompressed(target))
                {
                    await using GZipStream gzip = new(file, CompressionLevel.Optimal, leaveOpen: true);
                    await ArchiveWriter.WriteAsync(image, format, gzip, cancellationToken);
                }
                else
                {
                    await ArchiveWriter.WriteAsync(image, format, file, cancellationToken);
                }

                // A full disk shows here at the latest, and not after the rename.
                file.Flush(flushToDisk: true);
                size = file.Length;
            }

            File.Move(temporary, target, overwrite: true);
            Notes.Add(NoteOf(target, image)!);
            return new Delivered("archive", [target], size, $"{format.ToString().ToLowerInvariant()} archive");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.ArchiveNotWritable, target, e.Message);
        }
        finally
        {
            DeleteQuietly(temporary);
        }
    }

    // The file as it is now, and what is in it if nobody else wrote to it; null where there is none.
    private string? NoteOf(string target, DeliverableImage image) => new FileInfo(target) is { Exists: true } file
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"{image.Repository}@{image.Tree.Root.Digest} {string.Join(',', image.Tags)} {format} {file.Length} {file.LastWriteTimeUtc.Ticks} {target}")
        : null;

    // The .NET SDK's rule: a path that ends in a slash, or is a folder, gets a file in it.
    private string Target(DeliverableImage image)
    {
        string full = Path.GetFullPath(path);
        return Path.EndsInDirectorySeparator(path) || Directory.Exists(full)
            ? Path.Combine(full, Path.GetFileName(image.Repository) + image.Suffix + ".tar.gz")
            : WithSuffix(full, image.Suffix);
    }

    private static string WithSuffix(string path, string suffix)
    {
        string extension = path.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase) ? ".tar.gz" : Path.GetExtension(path);
        return path.Insert(path.Length - extension.Length, suffix);
    }

    // Layers are compressed already; this saves the documents and the tar's own padding.
    private static bool IsCompressed(string target) =>
        target.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
        || target.EndsWith(".tgz", StringComparison.OrdinalIgnoreCase);

    private static void DeleteQuietly(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that led here says more than one about a temporary file.
        }
    }
}
