using EdgeSlim.Profiles.Tracing;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Profiles;

/// <summary>A file of the image that was never opened.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Bytes">Its size.</param>
public sealed record UnopenedFile(string Path, long Bytes);

/// <summary>Finds the files of an image that a trial never opened, executed or looked at. Pure.</summary>
public static class UnopenedFiles
{
    /// <summary>Finds them.</summary>
    /// <param name="files">The image's files.</param>
    /// <param name="workingFolder">The folder that the application starts in.</param>
    /// <param name="traces">What was seen.</param>
    /// <returns>The files, the largest first.</returns>
    public static IReadOnlyList<UnopenedFile> Find(ImageFileSystem files, string workingFolder, params IReadOnlyList<Trace> traces)
    {
        string[] names = [.. traces.SelectMany(t => t.Opened.Concat(t.Programs).Concat(t.Seen)).Distinct()];
        HashSet<string> touched = new(StringComparer.Ordinal);
        List<string> relative = [];
        foreach (string name in names)
        {
            bool isAbsolute = name.StartsWith('/');
            if (files.Find(isAbsolute ? name : $"{workingFolder}/{name}") is ImageEntry entry)
            {
                touched.Add(entry.Path);
            }
            else if (!isAbsolute)
            {
                relative.Add("/" + name);
            }
        }

        // Relative to which folder is not known: it is better to take one file too many for needed. Nor is the end of a long name.
        bool IsTouched(string path) => touched.Contains(path)
            || relative.Exists(r => path.EndsWith(r, StringComparison.Ordinal))
            || names.Any(n => n.Length >= BpftraceScript.MaxPath - 1 && path.StartsWith(n, StringComparison.Ordinal));
        return
        [
            .. files.Entries
                .Where(e => e.Kind == ImageEntryKind.File && !IsTouched(e.Path))
                .Select(e => new UnopenedFile(e.Path, e.Bytes))
                .OrderByDescending(f => f.Bytes)
                .ThenBy(f => f.Path, StringComparer.Ordinal),
        ];
    }
}
