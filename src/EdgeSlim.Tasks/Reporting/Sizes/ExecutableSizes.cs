using EdgeSlim.Elf;

namespace EdgeSlim.Reporting.Sizes;

/// <summary>
/// Divides the file of an executable: by its sections, these by what the linker says of them, and of these the compiler's
/// object by what the compiler says. Every byte of the file is counted once. Pure.
/// </summary>
internal sealed class ExecutableSizes
{
    private readonly ExecutableFacts _facts;
    private readonly SizeBranch _root;
    private readonly ILookup<string, LinkedPiece> _pieces;
    private readonly Dictionary<string, long> _managed = [];

    private ExecutableSizes(ExecutableFacts facts, SizeBranch root)
    {
        _facts = facts;
        _root = root;
        _pieces = (facts.Map?.Inputs ?? []).ToLookup(i => i.Section);
    }

    /// <summary>Divides it.</summary>
    /// <param name="facts">What is known of the file.</param>
    /// <param name="root">The tree to put the parts in.</param>
    public static void Add(ExecutableFacts facts, SizeBranch root) => new ExecutableSizes(facts, root).Add();

    private void Add()
    {
        long at = 0;
        foreach (ElfRegion region in _facts.Regions.Where(r => r.Size > 0).OrderBy(r => r.Offset).ThenBy(r => r.Size))
        {
            long start = Math.Clamp(region.Offset, at, _facts.Length);
            long end = Math.Clamp(region.Offset + region.Size, start, _facts.Length);
            Padding(start - at, "between sections");
            Add(region, start - region.Offset, end - start);
            at = end;
        }

        Padding(_facts.Length - at, "at the end");
        if (_facts.Code is { } code)
        {
            new ManagedSizes(code, _facts.Origins, _root).Add(_managed);
            return;
        }

        foreach ((string section, long bytes) in _managed)
        {
            _root.Part("Managed code", SizeKinds.Shared).Part(section, SizeKinds.Unknown).Add(bytes);
        }
    }

    private void Add(ElfRegion region, long skipped, long length)
    {
        if (region.Address is not long address || !_pieces.Contains(region.Name))
        {
            Whole(region.Name, length, isKnown: region.Address is null);
            return;
        }

        long at = address + skipped;
        long last = at + length;
        foreach (LinkedPiece piece in _pieces[region.Name].Where(p => p.Address < last && p.Address + p.Size > at).OrderBy(p => p.Address))
        {
            long start = Math.Max(piece.Address, at);
            long end = Math.Min(piece.Address + piece.Size, last);
            if (end <= start)
            {
                continue;
            }

            Padding(start - at, "alignment in sections");
            Add(piece, end - start);
            at = end;
        }

        Padding(last - at, "alignment in sections");
    }

    private void Add(LinkedPiece piece, long bytes)
    {
        if (piece.File is string file && piece.Member is null && Path.GetFileName(file) == _facts.ManagedObject)
        {
            _managed[piece.Section] = _managed.GetValueOrDefault(piece.Section) + bytes;
        }
        else
        {
            NativeOrigins.In(_root, piece).Add(bytes);
        }
    }

    private void Whole(string name, long bytes, bool isKnown)
    {
        if (bytes > 0)
        {
            _root.Part(isKnown ? "File format" : "Sections", isKnown ? SizeKinds.Format : SizeKinds.Unknown)
                .Part(NativeOrigins.Describe(name), isKnown ? SizeKinds.Format : SizeKinds.Unknown).Add(bytes);
        }
    }

    private void Padding(long bytes, string where)
    {
        if (bytes > 0)
        {
            _root.Part("Padding", SizeKinds.Padding).Part(where, SizeKinds.Padding).Add(bytes);
        }
    }
}

/// <summary>What is known of an executable that was compiled ahead of time.</summary>
internal sealed record ExecutableFacts
{
    /// <summary>The bytes of the file.</summary>
    public required long Length { get; init; }

    /// <summary>Its parts.</summary>
    public required IReadOnlyList<ElfRegion> Regions { get; init; }

    /// <summary>What the linker says; null where it says nothing that is understood.</summary>
    public LinkMap? Map { get; init; }

    /// <summary>The file name of the compiler's object.</summary>
    public string ManagedObject { get; init; } = "";

    /// <summary>What the compiler says; null where it says nothing that is understood.</summary>
    public CompiledCode? Code { get; init; }

    /// <summary>Whose the assemblies are.</summary>
    public required AssemblyOrigins Origins { get; init; }
}
