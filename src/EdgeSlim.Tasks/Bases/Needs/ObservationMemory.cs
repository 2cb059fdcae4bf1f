using System.Collections.Concurrent;

namespace EdgeSlim.Bases.Needs;

/// <summary>
/// What was seen of files in this build: needs are looked for before the executable is linked, to know what to link, and after
/// it, and most of the files are the same.
/// </summary>
public sealed class ObservationMemory
{
    private readonly ConcurrentDictionary<Look, object?> _seen = new();

    /// <summary>Looks at a file, unless that was done and the file is the same.</summary>
    /// <typeparam name="T">What is seen; nobody may change it.</typeparam>
    /// <param name="what">What is looked for.</param>
    /// <param name="path">The file.</param>
    /// <param name="look">Looks.</param>
    /// <returns>What was seen.</returns>
    internal T Of<T>(string what, string path, Func<T> look)
    {
        FileInfo file = new(path);
        if (!file.Exists)
        {
            return look();
        }

        Look key = new(what, file.FullName, file.Length, file.LastWriteTimeUtc);
        if (!_seen.TryGetValue(key, out object? seen))
        {
            _seen[key] = seen = look();
        }

        return (T)seen!;
    }

    private sealed record Look(string What, string Path, long Length, DateTime Time);
}
