using EdgeSlim.Bases;
using EdgeSlim.Bases.Runtimes;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Whether the base image has the runtime of a framework-dependent application, and where.</summary>
public sealed class CheckRuntime : EdgeTask
{
    /// <summary>The application's <c>runtimeconfig.json</c>.</summary>
    [Required]
    public string RuntimeConfiguration { get; set; } = "";

    /// <summary>The base image's name.</summary>
    [Required]
    public string BaseName { get; set; } = "";

    /// <summary>What was seen in the base image.</summary>
    [Required]
    public string ContentsFile { get; set; } = "";

    /// <summary>The folder of the runtime in the base image.</summary>
    [Output]
    public string DotnetRoot { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        BaseContents contents = await StageFile.ReadAsync(
            ContentsFile, PlanJson.Documents.BaseContents, cancellationToken);
        IReadOnlyList<SharedFramework> missing =
            Bases.Runtimes.RuntimeConfiguration.Read(RuntimeConfiguration).MissingOf(contents.Frameworks);
        if (missing.Count > 0)
        {
            throw new EdgeException(
                DiagnosticCodes.RuntimeMissing,
                string.Join(" and ", missing),
                BaseName,
                contents.Frameworks.Count == 0 ? "no .NET runtime" : string.Join(", ", contents.Frameworks));
        }

        DotnetRoot = contents.DotnetRoot ?? "";
    }
}
