using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Git;
using EdgeSlim.Reporting;
using EdgeSlim.Trials;

namespace EdgeSlim.Tasks;

/// <summary>Where it is kept how trials of a project went.</summary>
/// <param name="file">The file; empty for nowhere.</param>
/// <param name="sourceFile">What the source control says.</param>
/// <param name="diagnostics">Where to say what there is to say.</param>
internal sealed class StartHistoryFile(string file, string sourceFile, IDiagnosticSink diagnostics)
{
    /// <summary>Adds a trial. A history that cannot be read any more is begun anew.</summary>
    public async Task AddAsync(TrialResult result, CancellationToken cancellationToken)
    {
        if (file.Length == 0)
        {
            return;
        }

        IReadOnlyList<StartPoint> history = [];
        try
        {
            history = await StageFile.ReadIfThereAsync(file, FactsJson.Documents.IReadOnlyListStartPoint, cancellationToken) ?? [];
        }
        catch (EdgeException e)
        {
            diagnostics.Information(e.Message);
        }

        SourceRevision? source = await StageFile.ReadIfThereAsync(sourceFile, FactsJson.Documents.SourceRevision, cancellationToken);
        await StageFile.WriteAsync(
            file, StartHistory.Add(history, result, source?.Commit), FactsJson.Documents.IReadOnlyListStartPoint, cancellationToken);
    }
}
