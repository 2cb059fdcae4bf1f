namespace EdgeSlim.Elf;

/// <summary>Collects what a map says. Names that come again and again are kept once.</summary>
internal sealed class LinkMapBuilder
{
    private readonly List<LinkedPiece> _inputs = [];
    private readonly Dictionary<string, long> _sections = [];
    private readonly Dictionary<string, (string? File, string? Member)> _files = [];
    private readonly Dictionary<string, (string? File, string? Member)>.AlternateLookup<ReadOnlySpan<char>> _byText;
    private string _section = "";

    public LinkMapBuilder() => _byText = _files.GetAlternateLookup<ReadOnlySpan<char>>();

    public void Section(ReadOnlySpan<char> name, long size)
    {
        _section = name.ToString();
        _sections[_section] = _sections.GetValueOrDefault(_section) + size;
    }

    /// <param name="address">Where the piece is.</param>
    /// <param name="size">Its bytes.</param>
    /// <param name="file">An object file, or <c>archive(member)</c>.</param>
    public void Piece(long address, long size, ReadOnlySpan<char> file)
    {
        if (size == 0 || _section.Length == 0)
        {
            return;
        }

        if (!_byText.TryGetValue(file, out (string? File, string? Member) known))
        {
            known = Split(file);
            _byText[file] = known;
        }

        _inputs.Add(new LinkedPiece(_section, address, size, known.File, known.Member));
    }

    public LinkMap Build() => new(_inputs, _sections);

    private static (string? File, string? Member) Split(ReadOnlySpan<char> file)
    {
        if (file is "<internal>")
        {
            return (null, null);
        }

        int bracket = file.Length > 0 && file[^1] == ')' ? file.LastIndexOf('(') : -1;
        return bracket <= 0
            ? (file.ToString(), null)
            : (file[..bracket].ToString(), file[(bracket + 1)..^1].ToString());
    }
}
