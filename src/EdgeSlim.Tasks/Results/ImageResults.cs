using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using EdgeSlim.Composition;
using EdgeSlim.Oci;

namespace EdgeSlim.Results;

/// <summary>
/// What was learned about one image: <c>edge/results/sha256-HEX/</c>. A result is found by the image's digest and by what was asked, so that
/// it never passes for one of another image, or for the answer to another question.
/// </summary>
public sealed class ImageResults
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private readonly string _folder;

    /// <summary>Finds the results of an image.</summary>
    /// <param name="resultsFolder">The folder of all results.</param>
    /// <param name="image">The digest of the image's manifest.</param>
    public ImageResults(string resultsFolder, Digest image) =>
        // A colon is not allowed in the names of files that CI services keep.
        _folder = Path.Combine(resultsFolder, $"sha256-{image.Hex}");

    /// <summary>Where a document of this image lies.</summary>
    /// <param name="name">Its name, such as <c>limits.json</c>.</param>
    /// <returns>The path; the file need not exist.</returns>
    public string PathOf(string name) => Path.Combine(_folder, name);

    /// <summary>Finds the answer to a question.</summary>
    /// <typeparam name="T">The answer's type.</typeparam>
    /// <param name="question">The question.</param>
    /// <param name="type">How the answer is read.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The answer; null where this was not asked, or where the file is damaged: then it is asked again.</returns>
    public async Task<Answer<T>?> FindAsync<T>(Question question, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        string file = FileOf(question);
        try
        {
            if (!File.Exists(file) || JsonNode.Parse(await File.ReadAllBytesAsync(file, cancellationToken)) is not JsonObject stored)
            {
                return null;
            }

            return stored["question"]?.GetValue<string>() == question.Hash
                && stored["time"]?.GetValue<DateTimeOffset>() is DateTimeOffset time
                && stored["answer"].Deserialize(type) is T answer
                    ? new Answer<T>(time, answer)
                    : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Keeps the answer to a question.</summary>
    /// <typeparam name="T">The answer's type.</typeparam>
    /// <param name="question">The question.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="type">How the answer is written.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The work.</returns>
    /// <exception cref="EdgeSlim.Diagnostics.EdgeException">The file cannot be written (EDGE3010).</exception>
    public Task KeepAsync<T>(Question question, Answer<T> answer, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        JsonObject stored = new()
        {
            ["question"] = question.Hash,
            ["time"] = answer.Time,
            ["answer"] = JsonSerializer.SerializeToNode(answer.Value, type),
        };
        return StageFile.WriteAsync(FileOf(question), [stored.ToJsonString(Indented)], cancellationToken);
    }

    /// <summary>Finds a document of some other image, for a user who expects it to be of this one.</summary>
    /// <param name="resultsFolder">The folder of all results.</param>
    /// <param name="name">The document's name.</param>
    /// <returns>The newest such file, and the digest of its image; null where no image has one.</returns>
    public static (string Path, string Image)? FindOfAny(string resultsFolder, string name) =>
        Folders(resultsFolder)
            .Select(f => new FileInfo(System.IO.Path.Combine(f.FullName, name)))
            .Where(f => f.Exists)
            .OrderByDescending(f => f.LastWriteTimeUtc)
            .Select(f => ((string, string)?)(f.FullName, f.Directory!.Name.Replace('-', ':')))
            .FirstOrDefault();

    /// <summary>Deletes what was learned about images of long ago.</summary>
    /// <param name="resultsFolder">The folder of all results.</param>
    /// <param name="kept">How many images keep their results: those with the newest.</param>
    public static void DeleteOldest(string resultsFolder, int kept)
    {
        foreach (DirectoryInfo folder in Folders(resultsFolder).OrderByDescending(f => f.LastWriteTimeUtc).Skip(kept))
        {
            try
            {
                folder.Delete(recursive: true);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Another build reads or writes it: the next build tries again.
            }
        }
    }

    private static IEnumerable<DirectoryInfo> Folders(string resultsFolder) =>
        Directory.Exists(resultsFolder) ? new DirectoryInfo(resultsFolder).EnumerateDirectories("sha256-*") : [];

    private string FileOf(Question question) => PathOf($"{question.Kind}-{question.Hash[..16]}.json");
}
