using EdgeSlim.Publishing;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>What taking a library from the cache and keeping it there share.</summary>
public abstract class LibraryCacheTask : EdgeTask
{
    /// <summary>The library's file.</summary>
    [Required]
    public string File { get; set; } = "";

    /// <summary>What it is compiled with, by name or path.</summary>
    [Required]
    public string Compiler { get; set; } = "";

    /// <summary>What it is made of otherwise, and how.</summary>
    [Required]
    public string Origin { get; set; } = "";

    /// <summary>EdgeCacheDir; empty for a folder in that of the user's caches.</summary>
    public string CacheDir { get; set; } = "";

    /// <summary>EdgeCacheMaxBytes.</summary>
    [Required]
    public string CacheMaxBytes { get; set; } = "";

    /// <inheritdoc/>
    protected sealed override Task ExecuteAsync(CancellationToken cancellationToken)
    {
        string? compiler = new MachineTools(Environment.GetEnvironmentVariable("PATH") ?? "").Find(Compiler);
        return compiler is not null && Cache(CacheDir, CacheMaxBytes) is var (folder, maxBytes)
            ? UseAsync(new LibraryCache(folder, maxBytes, Diagnostics), LibraryCache.Origin(compiler, Origin), cancellationToken)
            : Task.CompletedTask;
    }

    /// <summary>Does it, where there is a cache.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="origin">What the library is made of.</param>
    /// <param name="cancellationToken">Cancelled when the build is.</param>
    /// <returns>The work.</returns>
    protected abstract Task UseAsync(LibraryCache cache, string origin, CancellationToken cancellationToken);
}
