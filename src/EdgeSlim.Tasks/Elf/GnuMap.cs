using System.Globalization;

namespace EdgeSlim.Elf;

/// <summary>
/// The map of GNU ld: names of sections at the beginning of a line, those of pieces after one blank, each with address and
/// size behind it, or on the next line where the name is long.
/// </summary>
internal static class GnuMap
{
    public static void Read(TextReader reader, LinkMapBuilder builder)
    {
        string? section = null;
        bool isPiece = false;
        while (reader.ReadLine() is string text)
        {
            ReadOnlySpan<char> line = text;
            if (line.Length == 0)
            {
                continue;
            }

            ReadOnlySpan<char> rest;
            if (line[0] != ' ')
            {
                int end = line.IndexOf(' ');
                section = (end < 0 ? line : line[..end]).ToString();
                isPiece = false;
                rest = end < 0 ? default : line[end..];
            }
            else if (line.Length > 1 && line[1] is not (' ' or '*'))
            {
                int end = line[1..].IndexOf(' ');
                isPiece = true;
                rest = end < 0 ? default : line[(1 + end)..];
            }
            else
            {
                rest = line;
            }

            if (!Number(ref rest, out long address) || !Number(ref rest, out long size))
            {
                continue;
            }

            if (isPiece)
            {
                builder.Piece(address, size, rest.Trim());
            }
            else if (section is not null)
            {
                builder.Section(section, size);
                section = null;
            }
        }
    }

    private static bool Number(ref ReadOnlySpan<char> line, out long value)
    {
        ReadOnlySpan<char> rest = line.TrimStart(' ');
        int end = rest.IndexOf(' ');
        ReadOnlySpan<char> word = end < 0 ? rest : rest[..end];
        value = 0;
        if (!word.StartsWith("0x")
            || !long.TryParse(word[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value))
        {
            return false;
        }

        line = end < 0 ? default : rest[end..];
        return true;
    }
}
