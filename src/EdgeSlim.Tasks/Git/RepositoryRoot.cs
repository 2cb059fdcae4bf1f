using LibGit2Sharp;

namespace EdgeSlim.Git;

/// <summary>Finds the work tree that a project lies in.</summary>
public static class RepositoryRoot
{
    /// <summary>Finds it.</summary>
    /// <param name="folder">The project's folder.</param>
    /// <returns>The folder of the work tree, links resolved, without a slash at its end; null where there is none that can be read.</returns>
    public static string? Of(string folder)
    {
        try
        {
            if (Repository.Discover(folder) is not string gitDirectory)
            {
                return null;
            }

            using Repository repository = new(gitDirectory);
            return repository.Info.WorkingDirectory is string root ? Path.TrimEndingDirectorySeparator(root) : null;
        }
        catch (Exception e) when (GitFailure.IsExpected(e))
        {
            return null;
        }
    }

    /// <summary>The path of a file in the work tree, with slashes; its name alone where there is no work tree.</summary>
    /// <param name="file">The file.</param>
    /// <returns>The path.</returns>
    public static string Relative(string file)
    {
        string full = PhysicalPath.Of(file);
        return Of(Path.GetDirectoryName(full)!) is string root && PhysicalPath.Of(root) is string real && full.StartsWith(real + "/", StringComparison.Ordinal)
            ? full[(real.Length + 1)..]
            : Path.GetFileName(full);
    }
}
