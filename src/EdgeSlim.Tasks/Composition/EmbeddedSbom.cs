using EdgeSlim.Publishing;

namespace EdgeSlim.Composition;

/// <summary>Where an image says what it is made of.</summary>
public static class EmbeddedSbom
{
    /// <summary>The folder, in which scanners look by themselves.</summary>
    public const string Folder = "/usr/share/sbom";

    /// <summary>
    /// Adds the document to the application's files: it changes with them, and compresses better than in a layer of its
    /// own. One that the user brings stays.
    /// </summary>
    /// <param name="payload">The application's files.</param>
    /// <param name="file">The document.</param>
    /// <returns>The files with the document.</returns>
    public static Payload Add(Payload payload, string file)
    {
        string target = $"{Folder}/{Path.GetFileName(file)}";
        FileInfo status = new(file);
        return payload.Files.Any(f => f.TargetPath == target) ? payload : payload with
        {
            Files =
            [
                .. payload.Files,
                new PayloadFile
                {
                    Source = status.FullName,
                    TargetPath = target,
                    IsExecutable = false,
                    Size = status.Length,
                    LastWriteTimeUtc = status.LastWriteTimeUtc,
                },
            ],
        };
    }
}
