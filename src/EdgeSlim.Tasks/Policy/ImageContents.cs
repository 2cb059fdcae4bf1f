using System.Text;
using EdgeSlim.Oci;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Policy;

/// <summary>What rules look at of the files of an image.</summary>
/// <param name="Files">The files, as a container sees them.</param>
/// <param name="Secrets">Files that hold secrets, also of a layer that a layer above it hides: who has the image has them.</param>
public sealed record ImageContents(ImageFileSystem Files, IReadOnlyList<PolicyBreach> Secrets)
{
    // Keys and tokens stand in small files, or near the beginning of larger ones.
    private const int LookedAt = 1 << 20;

    /// <summary>Reads an image, each layer once.</summary>
    /// <param name="layout">The layout that holds it.</param>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What there is.</returns>
    /// <exception cref="Diagnostics.EdgeException">A layer cannot be read (EDGE3012).</exception>
    public static ImageContents Read(ImageLayout layout, LayoutImage image, CancellationToken cancellationToken)
    {
        byte[] beginning = new byte[LookedAt];
        List<PolicyBreach> secrets = [];
        using EntryInspector inspector = new();
        ImageFileSystem files = ImageReader.Read(layout, image.Manifest.Layers, LookInto, cancellationToken);
        return new ImageContents(files, [.. secrets.Distinct().OrderBy(s => s.Subject, StringComparer.Ordinal)]);

        ImageEntry LookInto(ImageEntry entry, Stream? data)
        {
            if (data is null)
            {
                return entry;
            }

            PassingStream content = new(data, beginning);
            ImageEntry found = inspector.Inspect(entry, content, cancellationToken);
            content.Fill();
            if (SecretNames.Match(entry.Path) && content.Kept > 0)
            {
                secrets.Add(new PolicyBreach(entry.Path, "a file of this name holds secrets"));
            }
            else if (SecretPatterns.Find(Encoding.Latin1.GetString(beginning, 0, content.Kept)) is string kind)
            {
                secrets.Add(new PolicyBreach(entry.Path, kind));
            }

            return found;
        }
    }
}
