using EdgeSlim.Composition;
using EdgeSlim.Profiles;
using EdgeSlim.Reporting;
using EdgeSlim.Results;
using EdgeSlim.Trials;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adds to the facts of an image what was learned of it after it was made.</summary>
public sealed class AmendFacts : EdgeTask
{
    /// <summary>The facts.</summary>
    [Required]
    public string FactsFile { get; set; } = "";

    /// <summary>What a trial left.</summary>
    public string TrialFile { get; set; } = "";

    /// <summary>The folder of all results.</summary>
    [Required]
    public string ResultsFolder { get; set; } = "";

    /// <summary>What the trials of this project left.</summary>
    public string HistoryFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        Facts facts = await StageFile.ReadAsync(FactsFile, FactsJson.Documents.Facts, cancellationToken);
        TrialResult? trial = await StageFile.ReadIfThereAsync(TrialFile, FactsJson.Documents.TrialResult, cancellationToken);
        ImageResults results = new(ResultsFolder, facts.Image.Digest);
        Facts amended = facts with
        {
            // The image may have been made anew meanwhile.
            Trial = trial?.Digest == facts.Image.Digest ? trial : facts.Trial,
            Profile = await StageFile.ReadIfThereAsync(results.PathOf(ProfileFiles.Result), FactsJson.Documents.ProfileResult, cancellationToken),
            StartHistory = await StageFile.ReadIfThereAsync(HistoryFile, FactsJson.Documents.IReadOnlyListStartPoint, cancellationToken) ?? facts.StartHistory,
        };
        await StageFile.WriteAsync(FactsFile, amended, FactsJson.Documents.Facts, cancellationToken);
    }
}
