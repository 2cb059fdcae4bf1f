namespace EdgeSlim.Git;

/// <summary>Finds where a path leads once its symbolic links are followed; git names its work tree this way.</summary>
internal static class PhysicalPath
{
    /// <param name="path">An absolute path, of which any tail need not exist.</param>
    /// <returns>The path without links and without a separator at its end.</returns>
    /// <exception cref="IOException">The links go in a circle.</exception>
    public static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        string current = Path.GetPathRoot(full)!;
        foreach (string segment in full[current.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            current = Path.Combine(current, segment);
            DirectoryInfo folder = new(current);
            if (folder.LinkTarget is not null)
            {
                // The target's own parents may be links again.
                current = Of(folder.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
            }
        }

        return Path.TrimEndingDirectorySeparator(current);
    }
}
