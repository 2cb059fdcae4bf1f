using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;
using EdgeSlim.Trials.Engines;

namespace EdgeSlim.Trials;

/// <summary>An image, and what this machine can run it with.</summary>
/// <param name="Image">The image of a layout that is run.</param>
/// <param name="Engine">What runs it.</param>
public sealed record TrialSubject(TrialImage Image, ITrialEngine Engine)
{
    /// <summary>Finds both.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="engineName">The engine that the user wants; null for any.</param>
    /// <param name="runtime">The OCI runtime that the user wants; null for any.</param>
    /// <param name="isRequired">Whether it is an error that there is nothing to run it with.</param>
    /// <param name="tools">The machine's programs.</param>
    /// <param name="diagnostics">Where to say what there is to say.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>It; null where the image cannot be run here.</returns>
    /// <exception cref="EdgeException">It cannot be run, although it has to be (EDGE6001).</exception>
    public static async Task<TrialSubject?> FindAsync(
        ImageLayout layout,
        string? engineName,
        string? runtime,
        bool isRequired,
        IToolLookup tools,
        IDiagnosticSink diagnostics,
        CancellationToken cancellationToken)
    {
        LayoutImage image = Emulator.Choose(layout);
        Platform platform = new()
        {
            OperatingSystem = image.Config.OperatingSystem,
            Architecture = image.Config.Architecture,
            Variant = image.Config.Variant,
        };
        (bool canRun, string? emulator) = Emulator.Find(platform, tools);
        TrialImage trialImage = new(layout, image, emulator);
        (ITrialEngine? engine, string whyNot) = canRun
            ? await new TrialEngines(tools).FindAsync(engineName, runtime, trialImage.RunsAsRoot, cancellationToken)
            : (null, $"the image is for {platform}, and there is no emulator for it");
        if (engine is not null)
        {
            return new TrialSubject(trialImage, engine);
        }

        if (isRequired)
        {
            throw new EdgeException(DiagnosticCodes.NoTrialEngine, whyNot);
        }

        diagnostics.Important($"The image is not tried: {whyNot.ReplaceLineEndings(" ")}. So it is not proven that it works on the device.");
        return null;
    }
}
