namespace EdgeSlim.RootFileSystems;

/// <summary>The paths below a root, such as those of an image.</summary>
public abstract class FileTree
{
    // The kernel's limit (MAXSYMLINKS).
    private const int MaxLinks = 40;

    /// <summary>Finds what a path leads to, through links.</summary>
    /// <param name="path">The path; a relative one begins at the root.</param>
    /// <returns>What is there, under its real path; null where nothing is, and for links in a circle.</returns>
    public ImageEntry? Find(string path)
    {
        string? real = RealPath(path);
        return real is null ? null : Look(real);
    }

    /// <summary>An absolute path without <c>.</c>, <c>..</c> and superfluous slashes.</summary>
    /// <param name="path">The path; a relative one begins at the root.</param>
    /// <returns>The path.</returns>
    public static string Normalize(string path)
    {
        List<string> parts = [];
        foreach (string part in path.Split('/'))
        {
            switch (part)
            {
                case "" or ".":
                    break;
                case "..":
                    parts.RemoveRange(Math.Max(0, parts.Count - 1), Math.Min(1, parts.Count));
                    break;
                default:
                    parts.Add(part);
                    break;
            }
        }

        return "/" + string.Join('/', parts);
    }

    /// <summary>What stands at a path, of which no folder is a link.</summary>
    /// <param name="path">The path.</param>
    /// <returns>What is there, be it a link; null where nothing is.</returns>
    protected internal abstract ImageEntry? Look(string path);

    /// <summary>Where a path leads.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The path without links; null where nothing is there.</returns>
    protected string? RealPath(string path)
    {
        Stack<string> rest = Parts(path);
        string real = "";
        for (int links = 0; rest.Count > 0;)
        {
            string part = rest.Pop();
            if (part == "..")
            {
                real = real[..Math.Max(0, real.LastIndexOf('/'))];
                continue;
            }

            string next = real + "/" + part;
            if (Look(next) is not ImageEntry entry)
            {
                return null;
            }

            if (entry.Kind != ImageEntryKind.Link)
            {
                real = next;
                continue;
            }

            if (++links > MaxLinks)
            {
                return null;
            }

            real = entry.LinkTarget!.StartsWith('/') ? "" : real;
            foreach (string target in Parts(entry.LinkTarget).Reverse())
            {
                rest.Push(target);
            }
        }

        return real.Length == 0 ? "/" : real;
    }

    // On top lies the first part.
    private static Stack<string> Parts(string path) =>
        new(path.Split('/').Where(p => p is not ("" or ".")).Reverse());
}
