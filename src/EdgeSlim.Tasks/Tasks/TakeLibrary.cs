using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="LibraryCache"/>: takes a library that an earlier build compiled.</summary>
public sealed class TakeLibrary : LibraryCacheTask
{
    /// <summary>Whether it was there.</summary>
    [Output]
    public bool IsTaken { get; set; }

    /// <inheritdoc/>
    protected override async Task UseAsync(LibraryCache cache, string origin, CancellationToken cancellationToken)
    {
        string name = Path.GetFileName(File);
        if (cache.Find(origin, name) is byte[] library)
        {
            await StageFile.WriteAsync(File, library, cancellationToken);
            Diagnostics.Information($"{name} is taken from the cache.");
            IsTaken = true;
        }
    }
}
