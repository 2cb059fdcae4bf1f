using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Composition;

/// <summary>
/// What a build has composed, beside its plan. Another build may have written into the same layout since: its image must not be
/// taken for this one's.
/// </summary>
internal static class ComposedDigest
{
    /// <summary>Forgets what was composed, where the layout holds something else by now: then it is composed again.</summary>
    /// <param name="file">Where it was noted.</param>
    /// <param name="layoutFolder">The layout.</param>
    public static void ForgetUnlessIn(string file, string layoutFolder)
    {
        if (File.Exists(file) && Find(layoutFolder) != File.ReadAllText(file).Trim())
        {
            File.Delete(file);
        }
    }

    /// <summary>Checks that the layout holds what this build has composed.</summary>
    /// <param name="file">Where it was noted.</param>
    /// <param name="layoutFolder">The layout.</param>
    /// <exception cref="EdgeException">It holds another image (EDGE3022).</exception>
    public static void Require(string file, string layoutFolder)
    {
        string expected = File.Exists(file) ? File.ReadAllText(file).Trim() : "nothing";
        string found = Find(layoutFolder) ?? "nothing";
        if (found != expected)
        {
            throw new EdgeException(DiagnosticCodes.LayoutReplaced, layoutFolder, found, expected);
        }
    }

    private static string? Find(string layoutFolder)
    {
        try
        {
            return Directory.Exists(layoutFolder) ? new ImageLayout(layoutFolder).ReadTree().Root.Digest.ToString() : null;
        }
        catch (EdgeException)
        {
            // A damaged layout holds nothing that can be delivered.
            return null;
        }
    }
}
