using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Composition;

/// <summary>What has to hold for an application that is built for several platforms. Pure.</summary>
public static class PlatformRules
{
    /// <summary>Requires runtime identifiers to stand for Linux platforms, each for another one.</summary>
    /// <param name="runtimeIdentifiers">The runtime identifiers.</param>
    /// <exception cref="EdgeException">One stands for none (EDGE1022), or two for the same (EDGE1023).</exception>
    public static void RequireOneImageEach(IReadOnlyList<string> runtimeIdentifiers)
    {
        Dictionary<Platform, string> seen = [];
        foreach (string identifier in runtimeIdentifiers)
        {
            Platform platform = Platform.FromRuntimeIdentifier(identifier)
                ?? throw new EdgeException(DiagnosticCodes.NoPlatform, identifier, Platform.KnownRuntimeIdentifiers);
            if (!seen.TryAdd(platform, identifier))
            {
                throw new EdgeException(DiagnosticCodes.SamePlatform, seen[platform], identifier, platform);
            }
        }
    }

    /// <summary>Requires builds to write into folders of their own: each would else take what the other one made.</summary>
    /// <param name="runtimeIdentifiers">The runtime identifiers, for the message.</param>
    /// <param name="folders">The folders of all builds.</param>
    /// <exception cref="EdgeException">Two builds share one (EDGE1025).</exception>
    public static void RequireOwnFolders(IReadOnlyList<string> runtimeIdentifiers, IReadOnlyList<string> folders)
    {
        if (folders.GroupBy(f => f, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } shared)
        {
            throw new EdgeException(DiagnosticCodes.SharedFolder, string.Join(", ", runtimeIdentifiers), shared.Key);
        }
    }
}
