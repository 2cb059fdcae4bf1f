namespace EdgeSlim.Git;

/// <summary>
/// Tells the files that a build writes from the source. Without it, whoever has no <c>.gitignore</c> yet, or has committed
/// <c>bin</c> and <c>obj</c>, would have a dirty work tree for ever after the first build.
/// </summary>
internal sealed class BuildOutputs
{
    private static readonly string[] ProjectFiles = ["*.csproj", "*.fsproj", "*.vbproj"];

    private static readonly StringComparison PathComparison =
        OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private readonly string _workTree;
    private readonly string[] _prefixes;
    private readonly Dictionary<string, bool> _hasProject = [];

    /// <param name="workTree">The folder that git's paths are relative to.</param>
    /// <param name="projectDirectory">The project's folder.</param>
    /// <param name="outputFolders">
    /// The folders that the project's build writes to, absolute or relative to the project. One that holds the project
    /// itself is passed over, because everything would be an output then.
    /// </param>
    public BuildOutputs(string workTree, string projectDirectory, IEnumerable<string> outputFolders)
    {
        _workTree = workTree;
        string root = PhysicalPath.Of(workTree);
        string project = PhysicalPath.Of(projectDirectory) + Path.DirectorySeparatorChar;
        _prefixes = [.. outputFolders
            .Where(folder => !string.IsNullOrWhiteSpace(folder))
            // Properties such as OutputPath are often written with backslashes, on Linux too.
            .Select(folder => folder.Trim().Replace('\\', Path.DirectorySeparatorChar))
            .Select(folder => PhysicalPath.Of(Path.Combine(projectDirectory, folder)))
            .Where(folder => !project.StartsWith(folder + Path.DirectorySeparatorChar, PathComparison))
            .Select(folder => Path.GetRelativePath(root, folder).Replace('\\', '/') + "/")];
    }

    /// <summary>Whether a file lies in an output folder, or in a <c>bin</c> or <c>obj</c> beside a project file.</summary>
    /// <param name="path">The file's path, relative to the work tree, with slashes.</param>
    public bool Contain(string path) =>
        _prefixes.Any(prefix => path.StartsWith(prefix, PathComparison)) || IsBesideProject(path);

    private bool IsBesideProject(string path)
    {
        for (int start = 0, end; (end = path.IndexOf('/', start)) >= 0; start = end + 1)
        {
            if (path[start..end] is "bin" or "obj" && HasProject(path[..start]))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasProject(string folder)
    {
        if (!_hasProject.TryGetValue(folder, out bool hasProject))
        {
            string full = Path.Combine(_workTree, folder);
            hasProject = Directory.Exists(full)
                && ProjectFiles.Any(pattern => Directory.EnumerateFiles(full, pattern).Any());
            _hasProject.Add(folder, hasProject);
        }

        return hasProject;
    }
}
