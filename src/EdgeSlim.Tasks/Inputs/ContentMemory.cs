using System.Security.Cryptography;

namespace EdgeSlim.Inputs;

/// <summary>
/// Tells whether files have the content that they had, whatever their times are: a compiler that runs again for an edit elsewhere in the
/// project writes the same assembly with another time.
/// </summary>
internal static class ContentMemory
{
    /// <summary>Describes files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="earlier">Lines of an earlier description. A file whose length and time are those of then is not read again.</param>
    /// <returns>A line for each file: its path, its length and time, and a hash of its content.</returns>
    public static IReadOnlyList<string> Describe(IEnumerable<string> files, IEnumerable<string> earlier)
    {
        Dictionary<string, string[]> known = earlier.Select(l => l.Split('|')).Where(p => p.Length == 3).GroupBy(p => p[0]).ToDictionary(g => g.Key, g => g.First());
        return
        [
            .. files.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(f =>
            {
                string stamp = FileStamp.Of(f);
                string hash = known.TryGetValue(f, out string[]? line) && line[1] == stamp ? line[2] : stamp == "-" ? "-" : HashOf(f);
                return $"{f}|{stamp}|{hash}";
            }),
        ];
    }

    /// <summary>Compares two descriptions.</summary>
    /// <returns>Whether they are of the same files with the same content.</returns>
    public static bool AreSame(IEnumerable<string> one, IEnumerable<string> other) => one.Select(Content).SequenceEqual(other.Select(Content));

    private static (string, string) Content(string line) => line.Split('|') is [string file, _, string hash] ? (file, hash) : (line, "");

    private static string HashOf(string file)
    {
        using FileStream content = File.OpenRead(file);
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }
}
