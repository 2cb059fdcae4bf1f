using System.Globalization;
using System.Text;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Git;
using EdgeSlim.Oci;
using EdgeSlim.Reporting;
using EdgeSlim.Results;
using EdgeSlim.Trials;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="Trier"/>. An image that did well is not tried again until more is asked of it.</summary>
public sealed class TryImage : TrialTask
{
    /// <summary>EdgeCpuLimit.</summary>
    [Required]
    public string CpuLimit { get; set; } = "";

    /// <summary>EdgeMemoryLimit.</summary>
    [Required]
    public string MemoryLimit { get; set; } = "";

    /// <summary>EdgeMaxStartup.</summary>
    [Required]
    public string MaxStartup { get; set; } = "";

    /// <summary>EdgeMaxMemory.</summary>
    [Required]
    public string MaxMemory { get; set; } = "";

    /// <summary>EdgeMaxStop.</summary>
    [Required]
    public string MaxStop { get; set; } = "";

    /// <summary>Where the result of a trial that went well is written to.</summary>
    [Required]
    [NotAsked]
    public string ResultFile { get; set; } = "";

    /// <summary>Where the JUnit file is written to.</summary>
    [Required]
    [NotAsked]
    public string JUnitFile { get; set; } = "";

    /// <summary>Where it is kept how trials of this project went; empty for nowhere.</summary>
    [NotAsked]
    public string HistoryFile { get; set; } = "";

    /// <summary>What the source control says.</summary>
    [NotAsked]
    public string SourceFile { get; set; } = "";

    /// <summary>Whether the image is tried even where it did well before.</summary>
    [NotAsked]
    public bool IsAgain { get; set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        TrialOutcome? outcome = null;
        try
        {
            outcome = await AskAsync(cancellationToken);
        }
        finally
        {
            // What an earlier trial left must not pass for this one. Files that are the same again keep their times.
            if (outcome is null)
            {
                StageFile.Delete(JUnitFile);
            }

            if (outcome is not { Failures.Count: 0 })
            {
                StageFile.Delete(ResultFile);
            }
        }

        if (outcome is not null)
        {
            await StageFile.WriteAsync(JUnitFile, Encoding.UTF8.GetBytes(TrialJUnit.Write(Image, outcome)), cancellationToken);
        }

        if (outcome is { Failures.Count: 0 })
        {
            await StageFile.WriteAsync(ResultFile, outcome.Result, FactsJson.Documents.TrialResult, cancellationToken);
        }
    }

    private async Task<TrialOutcome?> AskAsync(CancellationToken cancellationToken)
    {
        ImageLayout layout = ReadLayout();
        TrialSettings settings = ReadSettings(layout);
        ImageResults results = new(ResultsFolder, Emulator.Choose(layout).Descriptor.Digest);
        Question question = TaskQuestion.Of(this, "trial", [.. MachineParts(), .. MountParts(settings.Profile)]);
        if (!IsAgain && await results.FindAsync(question, FactsJson.Documents.TrialResult, cancellationToken) is { } known)
        {
            Diagnostics.Information(string.Create(CultureInfo.InvariantCulture, $"The image was tried at {known.Time:u}. It is not tried again."));
            return new TrialOutcome(known.Value, [], []);
        }

        if (await FindAsync(layout, cancellationToken) is not TrialSubject subject)
        {
            return null;
        }

        TrialOutcome outcome = await new Trier(subject, Diagnostics).TryAsync(settings, cancellationToken);
        Report(outcome.Failures, outcome.LastLines);
        if (outcome.Failures.Count > 0)
        {
            return outcome;
        }

        Diagnostics.Important($"{Image}: {Summary.Line(outcome.Result)}");
        await RememberAsync(outcome.Result, cancellationToken);
        await results.KeepAsync(
            question, new Answer<TrialResult>(DateTimeOffset.UtcNow, outcome.Result), FactsJson.Documents.TrialResult, cancellationToken);

        // What an application said that did well is not kept, and so not reported now and left out the next time.
        return outcome with { LastLines = [] };
    }

    private TrialSettings ReadSettings(ImageLayout layout) => new()
    {
        Profile = ReadProfile(Quantity.MilliCpus("EdgeCpuLimit", CpuLimit), Quantity.Memory("EdgeMemoryLimit", MemoryLimit)),
        Readiness = ReadReadiness(layout),
        Limits = new TrialLimits(
            Seconds("EdgeMaxStartup", MaxStartup),
            Quantity.Memory("EdgeMaxMemory", MaxMemory),
            Seconds("EdgeMaxStop", MaxStop),
            Seconds("EdgeTrialTimeout", Timeout)),
    };

    // A history that cannot be read any more is begun anew.
    private async Task RememberAsync(TrialResult result, CancellationToken cancellationToken)
    {
        if (HistoryFile.Length == 0)
        {
            return;
        }

        IReadOnlyList<StartPoint> history = [];
        try
        {
            history = await StageFile.ReadIfThereAsync(HistoryFile, FactsJson.Documents.IReadOnlyListStartPoint, cancellationToken) ?? [];
        }
        catch (EdgeException e)
        {
            Diagnostics.Information(e.Message);
        }

        SourceRevision? source = await StageFile.ReadIfThereAsync(SourceFile, FactsJson.Documents.SourceRevision, cancellationToken);
        await StageFile.WriteAsync(
            HistoryFile, StartHistory.Add(history, result, source?.Commit), FactsJson.Documents.IReadOnlyListStartPoint, cancellationToken);
    }
}
