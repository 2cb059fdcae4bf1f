using EdgeSlim.Bases;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Composition;
using EdgeSlim.Publishing;
using EdgeSlim.Reporting;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="NeedReporter"/> and <see cref="SystemFiles"/>.</summary>
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

    /// <summary>EdgeCaCertificates.</summary>
    public string CaCertificates { get; set; } = "";

    /// <summary>EdgeZoneInfoFolder.</summary>
    [Required]
    public string ZoneInfoFolder { get; set; } = "";

    /// <summary>EdgeTimeZones.</summary>
    public string[] TimeZones { get; set; } = [];

    /// <summary>Where the files to take from the build machine are written to, on scratch.</summary>
    [Required]
    public string SystemFilesFile { get; set; } = "";

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
        HashSet<string> brought =
            [.. payload.Files.Where(f => f.Machine is not null).Select(f => LibraryRules.BareName(f.TargetPath))];
        if (BaseName != BaseImage.ScratchName)
        {
            IsClean = new NeedReporter(Diagnostics).Report(needs, BaseOffer.Unknown(BaseName), own, brought);
            return;
        }

        IReadOnlySet<string> supplies = ScratchSupplies.Choose(needs, own);
        IsClean = new NeedReporter(Diagnostics).Report(needs, BaseOffer.Scratch.With(supplies), own, brought);
        SystemFiles files = new(new SystemFileOptions
        {
            CaCertificates = CaCertificates,
            ZoneInfoFolder = ZoneInfoFolder,
            TimeZones = TimeZones,
        });
        SystemFile[] taken =
        [
            .. supplies.Contains(KnownNeeds.CaCertificates) ? [files.CaCertificates()] : Array.Empty<SystemFile>(),
            .. supplies.Contains(KnownNeeds.TimeZones) ? files.TimeZones() : [],
        ];
        await StageFile.WriteAsync(
            SystemFilesFile, taken, PlanJson.Documents.IReadOnlyListSystemFile, cancellationToken);
    }
}
