using EdgeSlim.Diagnostics;

namespace EdgeSlim.Publishing;

/// <summary>Takes symbols off native libraries.</summary>
public interface INativeStripper
{
    /// <summary>Writes a stripped copy, unless there is one that is newer than the library.</summary>
    /// <param name="source">The library.</param>
    /// <param name="target">Where the copy goes.</param>
    /// <param name="objCopy">The tool.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The path of the copy.</returns>
    /// <exception cref="EdgeException">The tool failed (EDGE1008).</exception>
    Task<string> StripAsync(string source, string target, string objCopy, CancellationToken cancellationToken);
}
