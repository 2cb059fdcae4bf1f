using EdgeSlim.Oci;

namespace EdgeSlim.Registry;

/// <summary>
/// Remembers which repositories of which registries have which layers, so that a registry can be asked to take a layer
/// over instead of having it sent. It is a guess that costs nothing where it is wrong: the newest entries are kept, what
/// cannot be read is passed over, and what cannot be written is let be.
/// </summary>
/// <param name="file">The file; null where nothing is remembered.</param>
public sealed class KnownBlobs(string? file)
{
    private const int MostEntries = 2000;

    // So many are asked for a mount before the blob is sent.
    private const int MostRepositories = 2;

    /// <summary>Remembers nothing.</summary>
    public static KnownBlobs None { get; } = new(null);

    /// <summary>The file of a user.</summary>
    /// <param name="cacheFolder">EdgeCacheDir; empty for the usual place.</param>
    /// <param name="environment">Looks up an environment variable.</param>
    /// <returns>What is remembered there.</returns>
    public static KnownBlobs In(string cacheFolder, Func<string, string?> environment)
    {
        string? folder = cacheFolder.Length > 0 ? cacheFolder : LayerCache.DefaultFolder(environment);
        return new KnownBlobs(folder is null ? null : Path.Combine(folder, "known-blobs.txt"));
    }

    /// <summary>The repositories that probably have a blob.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="blob">The blob.</param>
    /// <param name="besides">The repository that it is to get into.</param>
    /// <returns>Their names in the API, the newest first.</returns>
    public IReadOnlyList<string> RepositoriesWith(RegistryName registry, Digest blob, string besides) =>
    [
        .. Read()
            .Where(e => e.Blob == blob.ToString() && e.Registry == registry.Authority && e.Repository != besides)
            .Select(e => e.Repository)
            .Take(MostRepositories),
    ];

    /// <summary>Remembers that a repository has blobs.</summary>
    /// <param name="registry">The registry.</param>
    /// <param name="repository">The repository, by its name in the API.</param>
    /// <param name="blobs">The blobs.</param>
    public void Remember(RegistryName registry, string repository, IEnumerable<Digest> blobs)
    {
        if (file is null)
        {
            return;
        }

        Entry[] before = [.. Read()];
        Entry[] added = [.. blobs.Select(b => new Entry(b.ToString(), registry.Authority, repository))];
        if (added.All(before.Contains))
        {
            return;
        }

        string temporary = $"{file}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            File.WriteAllLines(
                temporary, added.Concat(before).Distinct().Take(MostEntries).Select(e => $"{e.Blob} {e.Registry} {e.Repository}"));
            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next push sends what could have been taken over, and that is all.
            Discard(temporary);
        }
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It was not written at all.
        }
    }

    private IEnumerable<Entry> Read()
    {
        try
        {
            return File.Exists(file)
                ? [.. File.ReadAllLines(file)
                    .Select(line => line.Split(' '))
                    .Where(parts => parts.Length == 3)
                    .Select(parts => new Entry(parts[0], parts[1], parts[2]))]
                : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private sealed record Entry(string Blob, string Registry, string Repository);
}
