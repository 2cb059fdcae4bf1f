namespace EdgeSlim.Git;

/// <summary>What the source control says about the source that an image is made of.</summary>
public sealed record SourceRevision
{
    /// <summary>Nothing is known: no repository, or none that can be read, and no variable of a CI service.</summary>
    public static SourceRevision None { get; } = new() { Origin = RevisionOrigin.None };

    /// <summary>Who said it.</summary>
    public required RevisionOrigin Origin { get; init; }

    /// <summary>
    /// The full commit id in lower-case hex: 40 digits from git, 7 to 64 from the environment. Null when unknown.
    /// </summary>
    public string? Commit { get; init; }

    /// <summary>The branch's short name, such as <c>main</c> or <c>feature/x</c>. Null when detached or unknown.</summary>
    public string? Branch { get; init; }

    /// <summary>
    /// Whether the work tree of the whole repository, and not of the project's folder alone, differs from
    /// <see cref="Commit"/>: what is built may depend on any file of a monorepo.
    /// </summary>
    public bool IsDirty { get; init; }

    /// <summary>Up to five of the paths that make it dirty, relative to the work tree, for messages.</summary>
    public IReadOnlyList<string> DirtyPaths { get; init; } = [];

    /// <summary>When the commit was made (the committer's time), in UTC and whole seconds. Null when unknown.</summary>
    public DateTimeOffset? CommitTime { get; init; }

    /// <summary>
    /// Where the source can be found on the web, without credentials and without <c>.git</c>. Null when there is no
    /// remote, or one that is a path of this machine.
    /// </summary>
    public string? RemoteUrl { get; init; }
}
