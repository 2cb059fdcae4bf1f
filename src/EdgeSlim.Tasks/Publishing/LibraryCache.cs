using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Publishing;

/// <summary>
/// Keeps static libraries that a build compiled, for later builds, of this project and of others. They are found by what
/// they were made of, and held against a hash when they are taken.
/// </summary>
/// <param name="folder">The folder of the cache (EdgeCacheDir).</param>
/// <param name="maxBytes">What the cache may take.</param>
/// <param name="diagnostics">Where to say that a library is damaged or cannot be kept.</param>
public sealed class LibraryCache(string folder, long maxBytes, IDiagnosticSink? diagnostics = null)
{
    // Another form of entries is another file.
    private const string Version = "1";

    private readonly CacheFolder _cache = new(folder, maxBytes);

    /// <summary>Says what a library is made of, so that one of something else is never taken for it.</summary>
    /// <param name="compiler">The path of the compiler, of which the file that it leads to counts.</param>
    /// <param name="text">The sources, headers and commands.</param>
    /// <returns>The origin: a line of text.</returns>
    /// <exception cref="IOException">There is no such compiler.</exception>
    public static string Origin(string compiler, string text)
    {
        FileInfo program = new(compiler);
        program = program.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? program;
        return string.Create(
            CultureInfo.InvariantCulture, $"{Version} {program.FullName} {program.Length} {program.LastWriteTimeUtc.Ticks} {text}");
    }

    /// <summary>Looks for a library.</summary>
    /// <param name="origin">What it is made of.</param>
    /// <param name="name">What it is called.</param>
    /// <returns>The library; null where it is not there, or damaged.</returns>
    public byte[]? Find(string origin, string name)
    {
        string path = PathOf(origin);
        byte[] entry;
        try
        {
            entry = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        byte[] library = entry[..Math.Max(0, entry.Length - SHA256.HashSizeInBytes)];
        if (entry.AsSpan(library.Length).SequenceEqual(Hash(origin, library)))
        {
            CacheFolder.MarkUsed(path);
            return library;
        }

        diagnostics?.Information($"{name} is damaged in the cache, and is compiled again.");
        CacheFolder.Attempt(() => File.Delete(path));
        return null;
    }

    /// <summary>Keeps a library. Where that fails it is the same library, and a line in the log.</summary>
    /// <param name="origin">What it is made of.</param>
    /// <param name="file">The library.</param>
    public void Keep(string origin, string file)
    {
        try
        {
            byte[] library = File.ReadAllBytes(file);
            if (library.Length + SHA256.HashSizeInBytes > maxBytes)
            {
                // It would go again at once, and everything older with it.
                return;
            }

            CacheFolder.Place(PathOf(origin), temporary =>
            {
                using FileStream entry = File.Create(temporary);
                entry.Write(library);
                entry.Write(Hash(origin, library));
            });
            _cache.Evict();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            diagnostics?.Information($"{Path.GetFileName(file)} is not kept in the cache {folder}: {e.Message}");
        }
    }

    private static byte[] Hash(string origin, byte[] library)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(origin));
        hash.AppendData(library);
        return hash.GetHashAndReset();
    }

    private string PathOf(string origin) =>
        Path.Combine(folder, CacheFolder.Libraries, Digest.Of(Encoding.UTF8.GetBytes(origin)).Hex);
}
