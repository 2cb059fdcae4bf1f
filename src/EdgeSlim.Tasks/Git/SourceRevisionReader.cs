using EdgeSlim.Diagnostics;

namespace EdgeSlim.Git;

/// <summary>
/// Finds out what the source control says about a project's source: git's HEAD where it can be read, else the
/// environment variables of the CI service.
/// </summary>
public static class SourceRevisionReader
{
    /// <summary>The codes of its warnings.</summary>
    internal static readonly IReadOnlyList<string> Codes = ["EDGE3101", "EDGE3102", "EDGE3103", "EDGE3104", "EDGE3105"];

    private const int ShortCommitLength = 12;

    /// <summary>
    /// Reads the revision. Whatever is wrong with the repository is a warning (EDGE3101 no repository, EDGE3102 no
    /// commit, EDGE3103 owned by another user, EDGE3104 unreadable) and none when <c>GITHUB_SHA</c>,
    /// <c>CI_COMMIT_SHA</c>, <c>BUILD_SOURCEVERSION</c> or <c>GIT_COMMIT</c> gives the commit instead. A dirty work tree
    /// is EDGE3105; it is that of the whole repository, also where the project is only one of many in it.
    /// </summary>
    /// <param name="projectDirectory">The project's folder; the repository is looked for in it and above it.</param>
    /// <param name="environment">Gives the value of an environment variable; null when it is not set.</param>
    /// <param name="outputFolders">
    /// Folders that the build writes to, absolute or relative to the project: files in them make nothing dirty. Nor do
    /// those in any <c>bin</c> or <c>obj</c> beside a project file.
    /// </param>
    /// <param name="sink">Takes the warnings.</param>
    /// <param name="fallbackTag">The tag or tags that the image gets without a commit, for the warnings.</param>
    /// <returns>The revision; <see cref="SourceRevision.None"/> when nobody can say.</returns>
    public static SourceRevision Read(
        string projectDirectory,
        Func<string, string?> environment,
        IReadOnlyCollection<string> outputFolders,
        IDiagnosticSink sink,
        string fallbackTag)
    {
        string folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(projectDirectory));
        return Decide(GitRepository.Ask(folder, outputFolders), environment, sink, fallbackTag);
    }

    /// <summary>Weighs git's answer against what the environment says.</summary>
    internal static SourceRevision Decide(
        GitAnswer answer, Func<string, string?> environment, IDiagnosticSink sink, string fallbackTag)
    {
        if (answer is GitAnswer.Known known)
        {
            return Accept(known, environment, sink);
        }

        GitAnswer.Unknown unknown = (GitAnswer.Unknown)answer;
        if (CiVariables.FindCommit(environment) is (string name, string commit))
        {
            sink.Information($"The commit {commit} is taken from {name}, because git cannot say it: {unknown.Reason}.");
            return new SourceRevision
            {
                Origin = RevisionOrigin.Environment,
                Commit = commit,
                Branch = CiVariables.FindBranch(environment),
            };
        }

        sink.Warning(unknown.Code, unknown.Path, fallbackTag, unknown.Reason);
        return SourceRevision.None;
    }

    private static SourceRevision Accept(GitAnswer.Known known, Func<string, string?> environment, IDiagnosticSink sink)
    {
        SourceRevision revision = known.Revision;
        if (revision.IsDirty)
        {
            int more = known.DirtyCount - revision.DirtyPaths.Count;
            string paths = string.Join(", ", revision.DirtyPaths.Select(Printable)) + (more > 0 ? $" and {more} more" : "");
            sink.Warning(DiagnosticCodes.DirtyWorkTree, revision.Commit![..ShortCommitLength], paths);
        }

        // CI services check out commits, not branches. Of a submodule's branch they know nothing.
        return revision.Branch is null && !known.IsSubmodule
            ? revision with { Branch = CiVariables.FindBranch(environment) }
            : revision;
    }

    /// <summary>A file's name may hold line ends, and then look like messages of its own.</summary>
    private static string Printable(string path) => string.Concat(path.Select(c => char.IsControl(c) ? '?' : c));
}
