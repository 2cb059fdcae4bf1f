using EdgeSlim.Publishing;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="LibraryCache"/>: keeps a library for later builds.</summary>
public sealed class KeepLibrary : LibraryCacheTask
{
    /// <inheritdoc/>
    protected override Task UseAsync(LibraryCache cache, string origin, CancellationToken cancellationToken)
    {
        cache.Keep(origin, File);
        return Task.CompletedTask;
    }
}
