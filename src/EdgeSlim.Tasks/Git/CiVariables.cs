namespace EdgeSlim.Git;

/// <summary>
/// What the environment variables of GitHub Actions, GitLab CI, Azure Pipelines and Jenkins say about the source.
/// </summary>
internal static class CiVariables
{
    private static readonly string[] CommitNames =
        ["GITHUB_SHA", "CI_COMMIT_SHA", "BUILD_SOURCEVERSION", "GIT_COMMIT"];

    /// <summary>The first variable that holds a commit id; ones that hold something else are passed over.</summary>
    public static (string Name, string Commit)? FindCommit(Func<string, string?> environment)
    {
        foreach (string name in CommitNames)
        {
            string? value = environment(name)?.Trim();
            if (IsCommitId(value))
            {
                return (name, value!.ToLowerInvariant());
            }
        }

        return null;
    }

    /// <summary>The branch that is built; null for tags, and where no service says it.</summary>
    public static string? FindBranch(Func<string, string?> environment)
    {
        string? Get(string name) => environment(name)?.Trim() is { Length: > 0 } value ? value : null;

        string? github = Get("GITHUB_HEAD_REF") // set for pull requests only, where GITHUB_REF_NAME is '123/merge'
            ?? (Get("GITHUB_REF_TYPE") == "tag" ? null : Get("GITHUB_REF_NAME"));
        string? gitlab = Get("CI_COMMIT_BRANCH") // not set for merge requests
            ?? (Get("CI_COMMIT_TAG") is null ? Get("CI_COMMIT_REF_NAME") : null);
        return github ?? gitlab ?? AzureBranch(Get("BUILD_SOURCEBRANCH")) ?? WithoutPrefix(Get("GIT_BRANCH"), "origin/");
    }

    private static bool IsCommitId(string? text) =>
        text is { Length: >= 7 and <= 64 } && text.All(char.IsAsciiHexDigit);

    /// <summary>Azure also builds <c>refs/tags/…</c> and <c>refs/pull/…</c>, which are no branches.</summary>
    private static string? AzureBranch(string? reference) =>
        reference is not null && reference.StartsWith("refs/", StringComparison.Ordinal)
            && !reference.StartsWith("refs/heads/", StringComparison.Ordinal)
                ? null
                : WithoutPrefix(reference, "refs/heads/");

    private static string? WithoutPrefix(string? text, string prefix) =>
        text is not null && text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
}
