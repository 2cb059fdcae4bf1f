using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;

namespace EdgeSlim.Trials.Stress;

/// <summary>Puts an image under load on what this machine has for it.</summary>
/// <param name="subject">The image and what runs it.</param>
/// <param name="tools">The machine's programs.</param>
/// <param name="diagnostics">Where to say what there is to say.</param>
public sealed class Stresser(TrialSubject subject, IToolLookup tools, IDiagnosticSink diagnostics)
{
    // A tenth of a second: by then, nobody can say whether the application or this machine is slow.
    private const double MuchLateness = 100;

    /// <summary>Puts it under load.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="findsLimits">Whether the smallest limits are looked for too.</param>
    /// <param name="cancellationToken">Ends it; nothing is left behind.</param>
    /// <returns>How it went.</returns>
    /// <exception cref="EdgeException">It cannot be put under load.</exception>
    public async Task<StressOutcome> RunAsync(StressSettings settings, bool findsLimits, CancellationToken cancellationToken)
    {
        NoiseMaker? noise = NoiseMaker.Find(tools, settings);
        LoadCommand? command = LoadCommand.Find(tools, settings.Load);
        Task<StressObservation> TryAsync(StressSettings tried, CancellationToken token) =>
            new StressRun(subject.Engine, subject.Image, tried, noise, command).RunAsync(token);

        diagnostics.Information($"Stressing the image with {subject.Engine.Name}: {settings.Load} for {settings.Duration.TotalSeconds:0.#} s.");
        StressObservation seen = await TryAsync(settings, cancellationToken);
        StressResult result = StressResult.Of(subject.Image, subject.Engine, settings, seen);
        IReadOnlyList<TrialFailure> failures = StressJudge.Judge(seen, settings);
        Trier.WarnOfLimits(seen.Starts[0], settings.Trial, subject.Engine, diagnostics);
        Warn(seen);
        if (findsLimits && failures.Count == 0)
        {
            diagnostics.Important("Looking for the smallest limits:");
            FoundLimits? found = await new LimitSearch(settings, TryAsync, diagnostics).FindAsync(cancellationToken);
            result = result with { Found = found };
            failures = found is not null
                ? []
                : [new TrialFailure(DiagnosticCodes.StressNoLimits, Messages.Format(DiagnosticCodes.StressNoLimits), StressJudge.Memory)];
        }

        return new StressOutcome(
            new StressReport(result, seen.Load, seen.Samples),
            failures,
            seen.Command?.LastLines is { Count: > 0 } said ? said : (seen.Starts.LastOrDefault(s => s.EndedItself) ?? seen.Starts[^1]).LastLines);
    }

    private void Warn(StressObservation seen)
    {
        if (seen.Trend is { IsLeakSuspected: true } trend)
        {
            diagnostics.Warning(DiagnosticCodes.StressLeaks, TrialJudge.Megabytes((long)trend.BytesPerHour));
        }

        if (seen.Load?.Lateness?.P99 > MuchLateness)
        {
            diagnostics.Warning(DiagnosticCodes.StressBusyMachine, seen.Load.Lateness.P99);
        }
    }
}

/// <summary>How an image did under load.</summary>
/// <param name="Report">All that was seen.</param>
/// <param name="Failures">Which of its thresholds it did not hold.</param>
/// <param name="LastLines">What the application, or the user's own load, said last.</param>
public sealed record StressOutcome(StressReport Report, IReadOnlyList<TrialFailure> Failures, IReadOnlyList<string> LastLines);
