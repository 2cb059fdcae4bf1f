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

    /// <summary>The base that was chosen, and what the image gets besides.</summary>
    [Required]
    public string ChoiceFile { get; set; } = "";

    /// <summary>What was seen in the base image; empty where it is none.</summary>
    public string BaseContentsFile { get; set; } = "";

    /// <summary>ContainerEnvironmentVariable.</summary>
    public string[] EnvironmentVariables { get; set; } = [];

    /// <summary>Whether there was nothing to warn of.</summary>
    [Output]
    public bool IsClean { get; set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        ApplicationNeeds needs = await StageFile.ReadAsync(
            NeedsFile, FactsJson.Documents.ApplicationNeeds, cancellationToken);
        Payload payload = await StageFile.ReadAsync(PayloadFile, PlanJson.Documents.Payload, cancellationToken);
        IReadOnlySet<string> own = PayloadOffer.Of(
            [.. payload.Files.Select(f => f.TargetPath)], EnvironmentVariables, needs.CLibrary?.IsStatic ?? false);
        BaseChoice choice = await StageFile.ReadAsync(ChoiceFile, PlanJson.Documents.BaseChoice, cancellationToken);
        BaseOffer offer = choice.Slice is { } slice
            ? (BaseOffer.Scratch with { Name = choice.Name }).With(slice.Gives.ToHashSet())
            : BaseOffer.Of(
                choice.Name,
                await StageFile.ReadAsync(BaseContentsFile, PlanJson.Documents.BaseContents, cancellationToken),
                needs.CLibrary?.IsStatic ?? false);
        HashSet<string> brought =
            [.. payload.Files.Where(f => f.Machine is not null).Select(f => LibraryRules.BareName(f.TargetPath))];
        IsClean = new NeedReporter(Diagnostics).Report(needs, offer, own, brought);
    }
}
