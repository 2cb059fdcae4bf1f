using LibGit2Sharp;

namespace EdgeSlim.Git;

/// <summary>Finds what differs between a commit and its work tree.</summary>
internal static class WorkTreeStatus
{
    private static readonly StatusOptions Options = new()
    {
        IncludeUntracked = true,
        // Untracked folders file by file: a folder may hold build outputs and nothing else.
        RecurseUntrackedDirs = true,
        IncludeIgnored = false,
        RecurseIgnoredDirs = false,
        IncludeUnaltered = false,
        DetectRenamesInIndex = false,
        DetectRenamesInWorkDir = false,
    };

    /// <summary>
    /// The paths that make the work tree dirty, as Go's <c>vcs.modified</c> sees it: changed tracked files, staged or
    /// not, changed submodules, and files that are neither tracked nor ignored.
    /// </summary>
    /// <returns>Paths relative to the work tree, with slashes.</returns>
    public static IEnumerable<string> FindChanges(Repository repository)
    {
        bool isSparse = IsSparse(repository);
        return repository.RetrieveStatus(Options)
            .Where(entry => entry.State is not (FileStatus.Unaltered or FileStatus.Ignored or FileStatus.Nonexistent))
            .Where(entry => !(isSparse && IsLeftOut(entry, repository.Info.WorkingDirectory)))
            .Where(entry => !IsLargeFile(entry, repository))
            .Select(entry => entry.FilePath);
    }

    private static bool IsSparse(Repository repository)
    {
        const string key = "core.sparseCheckout";
        bool isSparse = repository.Config.GetValueOrDefault(key, false);

        // Where git puts the setting by default; LibGit2Sharp does not read this file by itself.
        string ownConfiguration = Path.Combine(repository.Info.Path, "config.worktree");
        if (!File.Exists(ownConfiguration))
        {
            return isSparse;
        }

        using Configuration configuration = Configuration.BuildFrom(ownConfiguration);
        return configuration.GetValueOrDefault(key, isSparse);
    }

    /// <summary>
    /// Whether a sparse checkout left the file out. libgit2 does not read the index's mark for this and calls the file
    /// deleted; a sparse checkout leaves out whole folders, a user's deletion mostly leaves the folder.
    /// </summary>
    private static bool IsLeftOut(StatusEntry entry, string workTree) =>
        entry.State == FileStatus.DeletedFromWorkdir
        && !Directory.Exists(Path.GetDirectoryName(Path.Combine(workTree, entry.FilePath)));

    /// <summary>Whether git has a pointer of Git LFS where the work tree has the very file that it stands for.</summary>
    private static bool IsLargeFile(StatusEntry entry, Repository repository) =>
        entry.State == FileStatus.ModifiedInWorkdir
        && repository.Index[entry.FilePath] is { Mode: Mode.NonExecutableFile or Mode.ExecutableFile } tracked
        && repository.Lookup<Blob>(tracked.Id) is { Size: <= LargeFilePointer.MaximumSize } blob
        && LargeFilePointer.Parse(blob.GetContentText()) is LargeFilePointer pointer
        && pointer.Matches(new FileInfo(Path.Combine(repository.Info.WorkingDirectory, entry.FilePath)));
}
