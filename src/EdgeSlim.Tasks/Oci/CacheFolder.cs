namespace EdgeSlim.Oci;

/// <summary>
/// The folder of what is kept for later builds: compressed layers, unpacked images, and compiled libraries. Any number of builds
/// may use it at once; what is in it appears whole or not at all, and may be deleted at any time.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="maxBytes">What all may take together; what was not used for the longest time goes first.</param>
internal sealed class CacheFolder(string folder, long maxBytes)
{
    /// <summary>The folder below it with compressed layers, an image layout.</summary>
    public const string Layers = "layers";

    /// <summary>The folder below it with unpacked images.</summary>
    public const string Images = "images";

    /// <summary>The folder below it with compiled libraries.</summary>
    public const string Libraries = "libraries";

    /// <summary>Writes a file under a temporary name, and renames it.</summary>
    public static void Place(string path, Action<string> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            write(temporary);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Does what need not succeed: another build was quicker, or the cache can only be read.</summary>
    public static void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
        }
    }

    /// <summary>Makes a file the last to go.</summary>
    public static void MarkUsed(string path) => Attempt(() => File.SetLastWriteTimeUtc(path, DateTime.UtcNow));

    /// <summary>Makes room. What others delete meanwhile is gone either way, and what they add is younger than what goes.</summary>
    /// <returns>Whether something went.</returns>
    public bool Evict()
    {
        FileInfo[] files =
        [
            .. Files(Path.Combine(folder, Layers, "blobs", "sha256")),
            .. Files(Path.Combine(folder, Images)),
            .. Files(Path.Combine(folder, Libraries)),
        ];
        long kept = 0;
        bool hasEvicted = false;
        foreach (FileInfo file in files.Where(b => b.Extension.Length == 0).OrderByDescending(b => b.LastWriteTimeUtc))
        {
            kept += file.Length;
            if (kept > maxBytes)
            {
                hasEvicted = true;
                Attempt(file.Delete);
            }
        }

        RemoveAbandoned(files);
        return hasEvicted;
    }

    /// <summary>Removes what builds that were killed left under temporary names.</summary>
    public static void RemoveAbandoned(IEnumerable<FileInfo> files)
    {
        DateTime abandoned = DateTime.UtcNow.AddHours(-1);
        foreach (FileInfo left in files.Where(f => f.Extension.Length > 0 && f.LastWriteTimeUtc < abandoned))
        {
            Attempt(left.Delete);
        }
    }

    /// <summary>The files of a folder; none where there is no folder.</summary>
    public static FileInfo[] Files(string folder) =>
        new DirectoryInfo(folder) is { Exists: true } directory ? [.. directory.EnumerateFiles().Where(f => f.Exists)] : [];
}
