using EdgeSlim.Diagnostics;

namespace EdgeSlim.Publishing;

/// <summary>Takes symbols off native libraries.</summary>
public interface INativeStripper
{
    /// <summary>Writes a stripped copy, unless it is there already.</summary>
    /// <param name="source">The library.</param>
    /// <param name="target">Where the copy goes; another path for another content of the library.</param>
    /// <param name="objCopy">The tool.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The path of the copy.</returns>
    /// <exception cref="EdgeException">The tool failed (EDGE1008), or the copy cannot be written (EDGE3010).</exception>
    Task<string> StripAsync(string source, string target, string objCopy, CancellationToken cancellationToken);
}
