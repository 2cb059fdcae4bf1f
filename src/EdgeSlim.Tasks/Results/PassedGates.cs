using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Results;

/// <summary>
/// The mark of images that passed all gates. Only they are delivered, bundled and deployed. An index has passed if each of its images has.
/// </summary>
public static class PassedGates
{
    private const string FileName = "gates.json";

    /// <summary>Marks images.</summary>
    /// <param name="resultsFolder">The folder of all results.</param>
    /// <param name="images">The digests of their manifests.</param>
    /// <param name="time">The time, for those that pass for the first time.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The work.</returns>
    /// <exception cref="EdgeException">A mark cannot be written (EDGE3010).</exception>
    public static async Task MarkAsync(string resultsFolder, IEnumerable<Digest> images, DateTimeOffset time, CancellationToken cancellationToken)
    {
        foreach (string file in images.Select(i => FileOf(resultsFolder, i)))
        {
            // An image that passed before keeps its mark: a build in which nothing changed writes nothing.
            if (!File.Exists(file))
            {
                await StageFile.WriteAsync(file, [$$"""{"passed":true,"time":"{{time:O}}"}"""], cancellationToken);
            }

            // Its results are in use, however old they are.
            Directory.SetLastWriteTimeUtc(Path.GetDirectoryName(file)!, time.UtcDateTime);
        }
    }

    /// <summary>Takes the mark from images, one of which has failed.</summary>
    /// <param name="resultsFolder">The folder of all results.</param>
    /// <param name="images">The digests of their manifests.</param>
    /// <exception cref="EdgeException">A mark cannot be deleted (EDGE3010).</exception>
    public static void Forget(string resultsFolder, IEnumerable<Digest> images)
    {
        foreach (Digest image in images)
        {
            StageFile.Delete(FileOf(resultsFolder, image));
        }
    }

    /// <summary>Checks that all images of a layout have passed.</summary>
    /// <param name="resultsFolder">The folder of all results.</param>
    /// <param name="layoutFolder">The layout.</param>
    /// <param name="tree">What the layout holds.</param>
    /// <exception cref="EdgeException">One has not (EDGE7050).</exception>
    public static void Require(string resultsFolder, string layoutFolder, LayoutTree tree)
    {
        if (!tree.Images.All(i => File.Exists(FileOf(resultsFolder, i.Descriptor.Digest))))
        {
            throw new EdgeException(DiagnosticCodes.NotPassed, layoutFolder);
        }
    }

    private static string FileOf(string resultsFolder, Digest image) => new ImageResults(resultsFolder, image).PathOf(FileName);
}
