using EdgeSlim.Diagnostics;

namespace EdgeSlim.Git;

/// <summary>What git says about a project's source: a revision, or why there is none.</summary>
internal abstract record GitAnswer
{
    /// <summary>Git knows the commit.</summary>
    /// <param name="Revision">What it knows.</param>
    /// <param name="IsSubmodule">Whether the repository is a submodule: then a CI service speaks of another one.</param>
    /// <param name="DirtyCount">How many paths make the work tree dirty.</param>
    public sealed record Known(SourceRevision Revision, bool IsSubmodule, int DirtyCount) : GitAnswer;

    /// <summary>Git does not know it.</summary>
    /// <param name="Code">The code of the warning: one of <see cref="DiagnosticCodes"/>.</param>
    /// <param name="Path">The repository, or where it was looked for.</param>
    /// <param name="Reason">What was seen, in a few words.</param>
    public sealed record Unknown(string Code, string Path, string Reason) : GitAnswer;
}
