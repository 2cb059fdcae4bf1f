using System.Globalization;
using System.Text;

namespace EdgeSlim.Bases.Icu;

/// <summary>Finds ICU's data in the static library that carries them.</summary>
public static class IcuArchive
{
    private const int MemberHeader = 60;

    private static ReadOnlySpan<byte> Magic => "!<arch>\n"u8;

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

            if (IcuObject.Find(archive.Slice(at + MemberHeader, size), name) is IcuDataPackage package)
            {
                return package;
            }

            at += MemberHeader + size + (size % 2);
        }

        throw new InvalidDataException("there are no data in it");
    }
}
