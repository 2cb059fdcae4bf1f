using System.Text;

namespace EdgeSlim.Elf;

/// <summary>Reads the maps of lld and of GNU ld.</summary>
public static class LinkMapReader
{
    // The first line of lld's maps, and the line of GNU ld's from which on they say what is in the file.
    private const string LldTitle = "VMA";
    private const string GnuTitle = "Linker script and memory map";

    /// <summary>Reads a map.</summary>
    /// <param name="stream">The map.</param>
    /// <returns>What it says; null where it is in a form that is not known.</returns>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static LinkMap? TryRead(Stream stream)
    {
        // Maps have a line for each symbol: some tens of megabytes, of which one line in four counts.
        using StreamReader reader = new(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 18);
        string? first = reader.ReadLine();
        if (first is null)
        {
            return null;
        }

        LinkMapBuilder builder = new();
        if (first.TrimStart().StartsWith(LldTitle, StringComparison.Ordinal))
        {
            bool isKnown = LldMap.Read(reader, first, builder);
            return isKnown ? builder.Build() : null;
        }

        for (string? line = first; line is not null; line = reader.ReadLine())
        {
            if (line.StartsWith(GnuTitle, StringComparison.Ordinal))
            {
                GnuMap.Read(reader, builder);
                return builder.Build();
            }
        }

        return null;
    }
}
