using EdgeSlim.Bases;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Composition;
using EdgeSlim.Publishing;
using EdgeSlim.Reporting;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="NeedReporter"/>.</summary>
public sealed class CheckNeeds : EdgeTask
{
    /// <summary>The needs that were detected.</summary>
    [Required]
    public string NeedsFile { get; set; } = "";

    /// <summary>The payload that the slim stage left.</summary>
    [Required]
    public string PayloadFile { get; set; } = "";

    /// <summary>The base image's name.</summary>
    [Required]
    public string BaseName { get; set; } = "";

    /// <summary>ContainerEnvironmentVariable.</summary>
    public string[] EnvironmentVariables { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        ApplicationNeeds needs = await StageFile.ReadAsync(
            NeedsFile, FactsJson.Documents.ApplicationNeeds, cancellationToken);
        Payload payload = await StageFile.ReadAsync(PayloadFile, PlanJson.Documents.Payload, cancellationToken);
        new NeedReporter(Diagnostics).Report(
            needs,
            BaseName == BaseImage.ScratchName ? BaseOffer.Scratch : BaseOffer.Unknown(BaseName),
            PayloadOffer.Of(
                [.. payload.Files.Select(f => f.TargetPath)],
                EnvironmentVariables,
                needs.CLibrary?.IsStatic ?? false));
    }
}
