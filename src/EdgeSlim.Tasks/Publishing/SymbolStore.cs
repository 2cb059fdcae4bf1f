using EdgeSlim.Diagnostics;
using EdgeSlim.Elf;

namespace EdgeSlim.Publishing;

/// <summary>
/// Keeps symbols out of the image and in reach: native ones where gdb and lldb look for them by build-id
/// (<c>.build-id/ab/cdef….debug</c>), managed ones by their name.
/// </summary>
/// <param name="publishFolder">Symbols in this folder are moved away; those elsewhere are copied.</param>
/// <param name="symbolsFolder">Where they are kept.</param>
/// <param name="binaries">What goes into the image; symbols of anything else are not kept.</param>
internal sealed class SymbolStore(string publishFolder, string symbolsFolder, IReadOnlyList<PayloadFile> binaries)
{
    private readonly HashSet<string> _shipped = [.. binaries.Select(b => b.BuildId).OfType<string>()];

    /// <summary>Whether a file with symbols was left by an earlier publish, whose binary is not in this image.</summary>
    public bool IsOfAnotherBinary(string path) =>
        Guard(() => ElfReader.TryRead(path)?.BuildId is string buildId && !_shipped.Contains(buildId));

    public IReadOnlyList<SymbolFile> Keep(IReadOnlyList<PublishedFile> symbols)
    {
        List<SymbolFile> kept = [];
        foreach (PublishedFile symbol in symbols.DistinctBy(s => s.TargetPath))
        {
            if (!IsOfAnotherBinary(symbol.Source))
            {
                kept.Add(Guard(() => Keep(symbol)));
            }
        }

        return kept;
    }

    private SymbolFile Keep(PublishedFile symbol)
    {
        string? buildId = ElfReader.TryRead(symbol.Source)?.BuildId;
        string path = buildId is { Length: > 2 }
            ? $".build-id/{buildId[..2]}/{buildId[2..]}.debug"
            : symbol.TargetPath;
        long size = new FileInfo(symbol.Source).Length;
        Take(symbol, Path.Combine(symbolsFolder, path));
        return new SymbolFile(path, size, buildId);
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

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, symbolsFolder, e.Message);
        }
    }
}
