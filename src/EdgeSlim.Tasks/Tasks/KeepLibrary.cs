using EdgeSlim.Publishing;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="LibraryCache"/>: keeps a library for later builds.</summary>
public sealed class KeepLibrary : LibraryCacheTask
{
    /// <inheritdoc/>
    protected override void Use(LibraryCache cache, string origin) => cache.Keep(origin, File);
}
