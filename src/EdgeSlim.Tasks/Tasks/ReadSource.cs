using EdgeSlim.Composition;
using EdgeSlim.Git;
using EdgeSlim.Reporting;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="SourceRevisionReader"/>.</summary>
public sealed class ReadSource : EdgeTask
{
    /// <summary>The project's folder.</summary>
    [Required]
    public string ProjectDirectory { get; set; } = "";

    /// <summary>Folders that the build writes to.</summary>
    public string[] OutputFolders { get; set; } = [];

    /// <summary>EdgeTags.</summary>
    public string[] TagTemplates { get; set; } = [];

    /// <summary>ContainerImageTag and ContainerImageTags.</summary>
    public string[] ContainerImageTags { get; set; } = [];

    /// <summary>The application's version.</summary>
    public string Version { get; set; } = "";

    /// <summary>Where the revision is written to.</summary>
    [Required]
    public string SourceFile { get; set; } = "";

    /// <summary>The image's tags.</summary>
    [Output]
    public string[] Tags { get; set; } = [];

    /// <summary>Those of the tags that stand for the commit, and for nothing else than it.</summary>
    [Output]
    public string[] CommitTags { get; set; } = [];

    /// <summary>The commit, with <c>-dirty</c> where the work tree differs; empty where unknown.</summary>
    [Output]
    public string Revision { get; set; } = "";

    /// <summary>The remote's address, without credentials; empty where unknown.</summary>
    [Output]
    public string RemoteUrl { get; set; } = "";

    /// <summary>The time of the source, RFC 3339.</summary>
    [Output]
    public string SourceTime { get; set; } = "";

    /// <summary>The tag or tags of an image whose commit nobody knows, for warnings.</summary>
    internal static string Tag(string[] tags) => tags.Length > 0 ? string.Join(", ", tags) : ImageTags.Fallback;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        SourceRevision revision = SourceRevisionReader.Read(
            ProjectDirectory,
            Environment.GetEnvironmentVariable,
            OutputFolders,
            Diagnostics,
            Tag(ContainerImageTags));
        Tags = [.. ImageTags.Resolve(TagTemplates, ContainerImageTags, revision, Version)];
        CommitTags = [.. ImageTags.OfCommit(TagTemplates, revision, Version)];
        Revision = revision.Commit is null ? "" : revision.Commit + (revision.IsDirty ? "-dirty" : "");
        RemoteUrl = revision.RemoteUrl ?? "";
        SourceTime = Git.SourceTime
            .Resolve(Environment.GetEnvironmentVariable(Git.SourceTime.VariableName), revision.CommitTime)
            .UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        await StageFile.WriteAsync(SourceFile, revision, FactsJson.Documents.SourceRevision, cancellationToken);
    }
}
