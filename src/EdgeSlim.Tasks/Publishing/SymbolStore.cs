using EdgeSlim.Diagnostics;
using EdgeSlim.Elf;

namespace EdgeSlim.Publishing;

/// <summary>
/// Keeps symbols out of the image and in reach: native ones where gdb and lldb look for them by build-id
/// (<c>.build-id/ab/cdef….debug</c>), managed ones by their name.
/// </summary>
/// <param name="publishFolder">Symbols in this folder are moved away; those elsewhere are copied.</param>
/// <param name="symbolsFolder">Where they are kept.</param>
internal sealed class SymbolStore(string publishFolder, string symbolsFolder)
{
    public IReadOnlyList<SymbolFile> Keep(IReadOnlyList<PublishedFile> symbols, IReadOnlyList<PayloadFile> binaries)
    {
        HashSet<string> shipped = [.. binaries.Select(b => b.BuildId).OfType<string>()];
        List<SymbolFile> kept = [];
        foreach (PublishedFile symbol in symbols.DistinctBy(s => s.TargetPath))
        {
            try
            {
                string? buildId = ElfReader.TryRead(symbol.Source)?.BuildId;
                if (buildId is not null && !shipped.Contains(buildId))
                {
                    // Left by an earlier publish: its binary is not in this image.
                    continue;
                }

                string path = buildId is { Length: > 2 }
                    ? $".build-id/{buildId[..2]}/{buildId[2..]}.debug"
                    : symbol.TargetPath;
                long size = new FileInfo(symbol.Source).Length;
                Take(symbol, Path.Combine(symbolsFolder, path));
                kept.Add(new SymbolFile(path, size, buildId));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, symbolsFolder, e.Message);
            }
        }

        return kept;
    }

    private void Take(PublishedFile symbol, string target)
    {
        string published = Path.Combine(publishFolder, symbol.TargetPath);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (Path.GetFullPath(symbol.Source) == Path.GetFullPath(published))
        {
            File.Move(symbol.Source, target, overwrite: true);
            return;
        }

        File.Copy(symbol.Source, target, overwrite: true);
        File.Delete(published);
    }
}
