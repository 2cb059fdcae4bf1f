using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace EdgeSlim.Git;

/// <summary>
/// What git stores of a file that Git LFS keeps elsewhere. libgit2 does not run the filter of Git LFS, and so takes the file
/// itself for a changed one whenever it cannot trust the index's times, which is usual right after a clone.
/// </summary>
/// <param name="Sha256">The file's SHA-256 hash, in lower-case hex.</param>
/// <param name="Size">The file's size in bytes.</param>
internal sealed partial record LargeFilePointer(string Sha256, long Size)
{
    /// <summary>The longest pointer, in bytes, by the specification of Git LFS.</summary>
    public const int MaximumSize = 1024;

    /// <summary>Reads a pointer; null where the text is none.</summary>
    public static LargeFilePointer? Parse(string text)
    {
        Match match = Pointer().Match(text);
        return match.Success
            && long.TryParse(match.Groups["size"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out long size)
                ? new LargeFilePointer(match.Groups["oid"].Value, size)
                : null;
    }

    /// <summary>Whether a file is the one that the pointer stands for.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public bool Matches(FileInfo file)
    {
        if (!file.Exists || file.LinkTarget is not null || file.Length != Size)
        {
            return false;
        }

        using FileStream content = file.OpenRead();
        return Convert.ToHexStringLower(SHA256.HashData(content)) == Sha256;
    }

    [GeneratedRegex(
        @"\Aversion https://git-lfs\.github\.com/spec/v1\n(?:ext-[^\n]*\n)*oid sha256:(?<oid>[0-9a-f]{64})\nsize (?<size>[0-9]+)\n?\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex Pointer();
}
