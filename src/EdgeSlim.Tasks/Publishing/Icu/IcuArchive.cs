using System.Globalization;
using System.Text;
using EdgeSlim.Elf;

namespace EdgeSlim.Publishing.Icu;

/// <summary>Finds ICU's data in the static library that carries them.</summary>
public static class IcuArchive
{
    private const int MemberHeader = 60;
    private const int FormatOffset = 12;

    private static ReadOnlySpan<byte> Magic => "!<arch>\n"u8;

    private static ReadOnlySpan<byte> Format => "CmnD"u8;

    /// <summary>Finds the data.</summary>
    /// <param name="archive">The bytes of <c>libicudata.a</c>.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <returns>The package.</returns>
    /// <exception cref="InvalidDataException">There are none, or not in a known form.</exception>
    public static IcuDataPackage Read(ReadOnlyMemory<byte> archive, string name)
    {
        if (!archive.Span.StartsWith(Magic))
        {
            throw new InvalidDataException("it is not a static library");
        }

        for (int at = Magic.Length; at + MemberHeader <= archive.Length;)
        {
            ReadOnlySpan<byte> header = archive.Span.Slice(at, MemberHeader);
            if (!int.TryParse(Encoding.ASCII.GetString(header[48..58]), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int size)
                || size < 0 || size > archive.Length - at - MemberHeader)
            {
                throw new InvalidDataException("it is damaged");
            }

            if (Package(archive.Slice(at + MemberHeader, size), name) is IcuDataPackage package)
            {
                return package;
            }

            at += MemberHeader + size + (size % 2);
        }

        throw new InvalidDataException("there are no data in it");
    }

    private static IcuDataPackage? Package(ReadOnlyMemory<byte> member, string name)
    {
        int start = member.Span.IndexOf(Format) - FormatOffset;
        using MemoryStream stream = new(member.ToArray(), writable: false);
        if (start < 0 || ElfReader.TryOpen(stream, name) is not ElfReader elf)
        {
            return null;
        }

        // The object holds nothing but the package, in one section.
        long length = elf.ReadSections().Where(s => s.IsInFile && s.IsAllocated).Sum(s => s.Size);
        return length <= member.Length - start
            ? IcuDataPackage.Parse(member.Slice(start, (int)length))
            : throw new InvalidDataException("its object holds more than the data");
    }
}
