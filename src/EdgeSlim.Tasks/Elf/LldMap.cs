using System.Globalization;

namespace EdgeSlim.Elf;

/// <summary>
/// The map of lld: a line for each section, below it with eight blanks more each piece, and with eight more each symbol.
/// </summary>
internal static class LldMap
{
    public static bool Read(TextReader reader, string title, LinkMapBuilder builder)
    {
        if (!title.Contains("Size Align Out", StringComparison.Ordinal))
        {
            return false;
        }

        while (reader.ReadLine() is string text)
        {
            ReadOnlySpan<char> line = text;
            if (!Hex(ref line, out long address) || !Hex(ref line, out _) || !Hex(ref line, out long size) || !Hex(ref line, out _))
            {
                continue;
            }

            // One blank ends the alignment.
            line = line.Length > 0 ? line[1..] : line;
            int depth = line.IndexOfAnyExcept(' ');
            if (depth == 0)
            {
                builder.Section(line.TrimEnd(), size);
            }
            else if (depth == 8 && line.LastIndexOf(":(") is var end and > 8)
            {
                builder.Piece(address, size, line[8..end]);
            }
        }

        return true;
    }

    private static bool Hex(ref ReadOnlySpan<char> line, out long value)
    {
        ReadOnlySpan<char> rest = line.TrimStart(' ');
        int end = rest.IndexOf(' ');
        value = 0;
        if (end <= 0 || !long.TryParse(rest[..end], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value))
        {
            return false;
        }

        line = rest[end..];
        return true;
    }
}
