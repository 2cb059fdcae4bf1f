using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;

namespace EdgeSlim.Delivery;

/// <summary>The symbols of an image in one file, to be kept beside it in a registry. The same symbols give the same bytes.</summary>
public static class SymbolArchive
{
    /// <summary>Packs them.</summary>
    /// <param name="payload">What was published; says which symbols are of this image, and not of an earlier one.</param>
    /// <param name="symbolsFolder">Where they are.</param>
    /// <param name="archive">The file to write; it appears when it is whole.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether there are any.</returns>
    /// <exception cref="EdgeException">They cannot be read (EDGE3009), or the file not written (EDGE3010).</exception>
    public static bool Pack(Payload payload, string symbolsFolder, string archive, CancellationToken cancellationToken)
    {
        LayerPlan plan = new()
        {
            Name = "symbols",
            Time = DateTimeOffset.UnixEpoch,
            Compression = LayerCompression.Fast,
            Entries =
            [
                .. payload.Symbols.OrderBy(s => s.Path, StringComparer.Ordinal).Select(s => new LayerEntry
                {
                    Path = s.Path,
                    Mode = LayerEntry.FileMode,
                    Source = Path.Combine(symbolsFolder, s.Path),
                    Size = s.Size,
                }),
            ],
        };
        string temporary = $"{archive}.{Guid.NewGuid():N}.tmp";
        try
        {
            if (plan.Entries.Count == 0)
            {
                File.Delete(archive);
                return false;
            }

            using (FileStream file = File.Create(temporary))
            {
                LayerWriter.Write(plan, file, cancellationToken);
            }

            File.Move(temporary, archive, overwrite: true);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, archive, e.Message);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
