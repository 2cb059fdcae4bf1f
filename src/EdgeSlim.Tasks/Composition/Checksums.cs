using System.Security.Cryptography;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Composition;

/// <summary>The list of checksums that <c>sha256sum -c</c> reads.</summary>
public static class Checksums
{
    /// <summary>Makes it.</summary>
    /// <param name="folder">The folder that the names are relative to.</param>
    /// <param name="files">The files; those that are not there are passed over.</param>
    /// <returns>A line each, sorted by name.</returns>
    /// <exception cref="EdgeException">One cannot be read (EDGE3016).</exception>
    public static IReadOnlyList<string> Of(string folder, IEnumerable<string> files) =>
    [
        .. files
            .Select(Path.GetFullPath)
            .Distinct(StringComparer.Ordinal)
            .Where(File.Exists)
            .Select(f => (File: f, Name: Path.GetRelativePath(folder, f).Replace(Path.DirectorySeparatorChar, '/')))
            .OrderBy(f => f.Name, StringComparer.Ordinal)
            .Select(f => Line(f.File, f.Name)),
    ];

    // As coreutils do: a name with a line end or a backslash is escaped, and the line begins with a backslash.
    private static string Line(string file, string name)
    {
        string escaped = name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal);
        return $"{(escaped == name ? "" : "\\")}{HashOf(file).Hex}  {escaped}";
    }

    private static Digest HashOf(string file)
    {
        try
        {
            using FileStream content = File.OpenRead(file);
            return Digest.FromHash(SHA256.HashData(content));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.StageFileUnreadable, file, e.Message);
        }
    }
}
