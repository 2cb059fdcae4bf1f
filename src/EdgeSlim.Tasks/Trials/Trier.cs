using System.Globalization;
using EdgeSlim.Diagnostics;
using EdgeSlim.Trials.Verdicts;

namespace EdgeSlim.Trials;

/// <summary>Tries an image on what this machine has for it.</summary>
/// <param name="subject">The image and what runs it.</param>
/// <param name="diagnostics">Where to say what there is to say.</param>
public sealed class Trier(TrialSubject subject, IDiagnosticSink diagnostics)
{
    /// <summary>Tries it.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="cancellationToken">Ends the trial; nothing is left behind.</param>
    /// <returns>How it went.</returns>
    /// <exception cref="EdgeException">It cannot be tried.</exception>
    public async Task<TrialOutcome> TryAsync(TrialSettings settings, CancellationToken cancellationToken) =>
        await TryAsync(settings, await CreateAsync(settings, cancellationToken), cancellationToken);

    /// <summary>Tries it, if the engine makes a container for it: that it makes none is worth a warning only.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <param name="cancellationToken">Ends the trial; nothing is left behind.</param>
    /// <returns>How it went; null where there was no container.</returns>
    /// <exception cref="EdgeException">The container cannot be started, which may be the image's own fault.</exception>
    public async Task<TrialOutcome?> TryIfPossibleAsync(TrialSettings settings, CancellationToken cancellationToken)
    {
        ITrialContainer container;
        try
        {
            container = await CreateAsync(settings, cancellationToken);
        }
        catch (EdgeException e) when (e.Code == DiagnosticCodes.TrialEngineFailed)
        {
            diagnostics.Report(new Diagnostic(DiagnosticSeverity.Warning, e.Code, e.Message));
            return null;
        }

        return await TryAsync(settings, container, cancellationToken);
    }

    private Task<ITrialContainer> CreateAsync(TrialSettings settings, CancellationToken cancellationToken)
    {
        ITrialEngine engine = subject.Engine;
        diagnostics.Information($"Trying the image with {engine.Name} (can measure: {engine.Measures}); it is ready when {settings.Readiness}.");
        return engine.CreateAsync(subject.Image, settings.Profile, cancellationToken);
    }

    private async Task<TrialOutcome> TryAsync(TrialSettings settings, ITrialContainer container, CancellationToken cancellationToken)
    {
        TrialObservation seen;
        await using (container)
        {
            seen = await new Trial(container, settings).RunAsync(cancellationToken);
        }

        WarnOfLimits(seen, settings, subject.Engine, diagnostics);
        if (settings.Web is not null && seen.IsReady && seen.IsPortOpen is null)
        {
            diagnostics.Information("The port of the web application cannot be asked from here, which takes root. Its routes are not tried.");
        }

        IReadOnlyList<TrialFailure> failures = TrialJudge.Judge(seen, settings);
        TrialResult result = TrialResult.Of(subject.Image, subject.Engine, settings, seen) with { Warnings = [.. failures.Where(f => f.IsWarning)] };
        return new TrialOutcome(result, failures, seen.LastLines) { Seen = seen };
    }

    /// <summary>Says that the limits were not held, where they were not.</summary>
    internal static void WarnOfLimits(TrialObservation seen, TrialSettings settings, ITrialEngine engine, IDiagnosticSink diagnostics)
    {
        if (seen.IsLimited == false)
        {
            diagnostics.Warning(
                DiagnosticCodes.TrialLimitsNotHeld,
                engine.Name,
                string.Create(CultureInfo.InvariantCulture, $"{settings.Profile.MemoryBytes} bytes"));
        }
    }
}

/// <summary>How a trial went.</summary>
/// <param name="Result">What was measured.</param>
/// <param name="Failures">Why the image cannot be delivered, and what is worth a warning.</param>
/// <param name="LastLines">What the application said last.</param>
public sealed record TrialOutcome(TrialResult Result, IReadOnlyList<TrialFailure> Failures, IReadOnlyList<string> LastLines)
{
    /// <summary>What was seen; null where it was not tried now.</summary>
    public TrialObservation? Seen { get; init; }

    /// <summary>What only a control can judge; none where that is not asked for.</summary>
    public IReadOnlyList<TrialSuspicion> Suspicions { get; init; } = [];

    /// <summary>Whether nothing forbids to deliver the image, as far as it can be seen without a control.</summary>
    public bool IsGood => Failures.All(f => f.IsWarning);
}
