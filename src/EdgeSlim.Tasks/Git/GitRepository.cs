using EdgeSlim.Diagnostics;
using LibGit2Sharp;

namespace EdgeSlim.Git;

/// <summary>Asks the repository that a project lies in, through libgit2.</summary>
internal static class GitRepository
{
    private const int MostDirtyPaths = 5;

    /// <summary>Asks; whatever is wrong with the repository becomes an answer too.</summary>
    /// <exception cref="Exception">Only what <see cref="GitFailure.IsExpected"/> does not know.</exception>
    public static GitAnswer Ask(string projectDirectory, IEnumerable<string> outputFolders)
    {
        string seen = projectDirectory;
        try
        {
            string? gitDirectory = Repository.Discover(projectDirectory);
            if (gitDirectory is null)
            {
                return NotFound(projectDirectory);
            }

            seen = gitDirectory;
            using Repository repository = new(gitDirectory);
            return Describe(repository, projectDirectory, outputFolders);
        }
        catch (Exception e) when (GitFailure.IsExpected(e))
        {
            return GitFailure.Explain(e, seen);
        }
    }

    private static GitAnswer Describe(Repository repository, string projectDirectory, IEnumerable<string> outputFolders)
    {
        if (repository.Info.IsBare)
        {
            return Unreadable(repository.Info.Path, "it is bare, and thus has no work tree that could be built");
        }

        string workTree = repository.Info.WorkingDirectory;
        if (repository.Info.IsHeadUnborn)
        {
            return new GitAnswer.Unknown(
                DiagnosticCodes.UnbornHead, Path.TrimEndingDirectorySeparator(workTree), "it has no commit yet");
        }

        // libgit2 has no error for a HEAD whose commit is missing; a status would then call every file new.
        if (repository.Head.Tip is not Commit commit)
        {
            return Unreadable(workTree, "the commit that HEAD names is missing");
        }

        BuildOutputs outputs = new(workTree, projectDirectory, outputFolders);
        string[] dirty = [.. WorkTreeStatus.FindChanges(repository).Where(path => !outputs.Contain(path))];
        return new GitAnswer.Known(
            new SourceRevision
            {
                Origin = RevisionOrigin.Git,
                Commit = commit.Sha,
                Branch = repository.Info.IsHeadDetached ? null : repository.Head.FriendlyName,
                IsDirty = dirty.Length > 0,
                DirtyPaths = [.. dirty.Take(MostDirtyPaths)],
                CommitTime = CommitTime(commit),
                RemoteUrl = RemoteUrl.Sanitize(FindRemote(repository)?.Url),
            },
            IsSubmodule: repository.Info.Path.Replace('\\', '/').Contains("/.git/modules/", StringComparison.Ordinal),
            dirty.Length);
    }

    private static Remote? FindRemote(Repository repository) =>
        repository.Network.Remotes["origin"] ?? repository.Network.Remotes.FirstOrDefault();

    private static DateTimeOffset? CommitTime(Commit commit)
    {
        try
        {
            return commit.Committer.When.ToUniversalTime();
        }
        catch (ArgumentOutOfRangeException)
        {
            // Git stores any number of seconds; .NET's calendar ends with the year 9999.
            return null;
        }
    }

    /// <summary>A <c>.git</c> that leads nowhere is a damaged repository rather than none.</summary>
    private static GitAnswer.Unknown NotFound(string projectDirectory)
    {
        for (DirectoryInfo? folder = new(projectDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Exists(Path.Combine(folder.FullName, ".git")))
            {
                return Unreadable(folder.FullName, "its .git does not lead to a repository");
            }
        }

        return new GitAnswer.Unknown(
            DiagnosticCodes.NoRepository, projectDirectory, $"'{projectDirectory}' is not in a git repository");
    }

    private static GitAnswer.Unknown Unreadable(string path, string reason) =>
        new(DiagnosticCodes.RepositoryUnreadable, Path.TrimEndingDirectorySeparator(path), reason);
}
