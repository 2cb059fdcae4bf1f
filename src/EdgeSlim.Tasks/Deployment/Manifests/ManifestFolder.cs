using EdgeSlim.Diagnostics;

namespace EdgeSlim.Deployment.Manifests;

/// <summary>
/// Writes manifests into a folder, which may be one of a GitOps repository. Files that stay the same are not touched, those
/// that are not wanted any more go, and those of the user's stay. All new texts are on the disk before the first file is
/// replaced; the lists of files come after the files.
/// </summary>
/// <param name="folder">The folder.</param>
public sealed class ManifestFolder(string folder)
{
    /// <summary>Writes the files.</summary>
    /// <param name="files">Path and text of each.</param>
    /// <returns>The paths that were written or deleted, sorted.</returns>
    /// <exception cref="EdgeException">A file is in the way that EdgeSlim did not write (EDGE7004), or one cannot be written (EDGE3010).</exception>
    public IReadOnlyList<string> Write(IReadOnlyDictionary<string, string> files)
    {
        List<(string Temporary, string Path)> staged = [];
        try
        {
            string[] changed = [.. files.Where(f => IsChanged(f.Key, f.Value)).Select(f => f.Key)];
            string[] stale = [.. Written().Except(files.Keys, StringComparer.Ordinal)];
            foreach (string name in changed.OrderBy(n => Path.GetFileName(n) == Kustomization.FileName).ThenBy(n => n, StringComparer.Ordinal))
            {
                string path = PathOf(name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                staged.Add(($"{path}.{Guid.NewGuid():N}.tmp", path));
                File.WriteAllText(staged[^1].Temporary, files[name]);
            }

            staged.ForEach(s => File.Move(s.Temporary, s.Path, overwrite: true));
            foreach (string name in stale)
            {
                File.Delete(PathOf(name));
                DeleteWhereEmpty(Path.GetDirectoryName(PathOf(name))!);
            }

            return [.. changed.Concat(stale).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, folder, e.Message);
        }
        finally
        {
            staged.ForEach(s => Discard(s.Temporary));
        }
    }

    private bool IsChanged(string name, string text)
    {
        string path = PathOf(name);
        if (!File.Exists(path))
        {
            return true;
        }

        string before = File.ReadAllText(path);
        return before.StartsWith(ManifestYaml.Mark, StringComparison.Ordinal)
            ? before != text
            : throw new EdgeException(DiagnosticCodes.ManifestInTheWay, path);
    }

    /// <summary>What an earlier run has written.</summary>
    private string[] Written() => !Directory.Exists(folder) ? [] :
        [
            .. Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories)
            .Where(path => File.ReadAllText(path).StartsWith(ManifestYaml.Mark, StringComparison.Ordinal))
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')),
        ];

    private string PathOf(string name) => Path.GetFullPath(Path.Combine(folder, name));

    private static void DeleteWhereEmpty(string path)
    {
        if (!Directory.EnumerateFileSystemEntries(path).Any())
        {
            Directory.Delete(path);
        }
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error that led here says more.
        }
    }
}
