using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;
using EdgeSlim.Trials.Engines;

namespace EdgeSlim.Trials;

/// <summary>Tries the image of a layout on what this machine has for it.</summary>
/// <param name="tools">The machine's programs.</param>
/// <param name="diagnostics">Where to say what there is to say.</param>
public sealed class Trier(IToolLookup tools, IDiagnosticSink diagnostics)
{
    /// <summary>Tries it.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="engineName">The engine that the user wants; null for any.</param>
    /// <param name="isRequired">Whether it is an error that there is nothing to try it with.</param>
    /// <param name="settings">What is asked for.</param>
    /// <param name="cancellationToken">Ends the trial; nothing is left behind.</param>
    /// <returns>How it went; null where it was not tried.</returns>
    /// <exception cref="EdgeException">It cannot be tried, although it has to be.</exception>
    public async Task<TrialOutcome?> TryAsync(
        ImageLayout layout, string? engineName, bool isRequired, TrialSettings settings, CancellationToken cancellationToken)
    {
        LayoutImage image = layout.ReadImage();
        Platform platform = new()
        {
            OperatingSystem = image.Config.OperatingSystem,
            Architecture = image.Config.Architecture,
            Variant = image.Config.Variant,
        };
        (bool canRun, string? emulator) = Emulator.Find(platform, tools);
        (ITrialEngine? engine, string whyNot) = canRun
            ? await new TrialEngines(tools).FindAsync(engineName, cancellationToken)
            : (null, $"the image is for {platform}, and there is no emulator for it");
        if (engine is null)
        {
            if (isRequired)
            {
                throw new EdgeException(DiagnosticCodes.NoTrialEngine, whyNot);
            }

            diagnostics.Important($"The image is not tried: {whyNot}.");
            return null;
        }

        TrialImage tried = new(layout, image, emulator);
        diagnostics.Information($"Trying the image with {engine.Name} (can measure: {engine.Measures}); it is ready when {settings.Readiness}.");
        TrialObservation seen;
        await using (ITrialContainer container = await engine.CreateAsync(tried, settings.Profile, cancellationToken))
        {
            seen = await new Trial(container, settings).RunAsync(cancellationToken);
        }

        return new TrialOutcome(TrialResult.Of(tried, engine, settings, seen), TrialJudge.Judge(seen, settings), seen.LastLines);
    }
}

/// <summary>How a trial went.</summary>
/// <param name="Result">What was measured.</param>
/// <param name="Failures">Why the image cannot be delivered; none where it can.</param>
/// <param name="LastLines">What the application said last.</param>
public sealed record TrialOutcome(TrialResult Result, IReadOnlyList<TrialFailure> Failures, IReadOnlyList<string> LastLines);
