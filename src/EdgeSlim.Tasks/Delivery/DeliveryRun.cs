using EdgeSlim.Diagnostics;

namespace EdgeSlim.Delivery;

/// <summary>
/// Delivers an image to all its destinations. A tag that belongs to another image, and a destination that cannot take
/// images for several platforms, stop the run before anything is delivered. Other failures are each reported, and the other destinations get the image all the same.
/// </summary>
/// <param name="diagnostics">Where to say what failed.</param>
public sealed class DeliveryRun(IDiagnosticSink diagnostics)
{
    private static readonly string[] Mistakes =
        [DiagnosticCodes.TagTaken, DiagnosticCodes.ArchiveTakesOnePlatform, DiagnosticCodes.NoImageForEngine];

    private readonly List<EdgeException> _failures = [];

    /// <summary>Delivers an image.</summary>
    /// <param name="destinations">Where to, in this order.</param>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What was delivered; null where something failed, all of which was said.</returns>
    public async Task<IReadOnlyList<Delivered>?> RunAsync(
        IReadOnlyList<IDestination> destinations, DeliverableImage image, CancellationToken cancellationToken)
    {
        List<IDestination> ready = [];
        foreach (IDestination destination in destinations)
        {
            if (await TryAsync(() => CheckAsync(destination, image, cancellationToken)))
            {
                ready.Add(destination);
            }
        }

        List<Delivered> deliveries = [];
        if (!_failures.Exists(f => Mistakes.Contains(f.Code)))
        {
            foreach (IDestination destination in ready)
            {
                await TryAsync(async () =>
                {
                    deliveries.Add(await destination.DeliverAsync(image, cancellationToken));
                    return true;
                });
            }
        }

        if (_failures.Count == 0)
        {
            return deliveries;
        }

        foreach (Delivered delivered in deliveries)
        {
            diagnostics.Important($"Delivered all the same: {string.Join(", ", delivered.Names)} ({delivered.Remark}).");
        }

        return null;
    }

    private static async Task<bool> CheckAsync(IDestination destination, DeliverableImage image, CancellationToken cancellationToken)
    {
        await destination.CheckAsync(image, cancellationToken);
        return true;
    }

    private async Task<bool> TryAsync(Func<Task<bool>> work)
    {
        try
        {
            return await work();
        }
        catch (EdgeException e)
        {
            _failures.Add(e);
            diagnostics.Report(new Diagnostic(DiagnosticSeverity.Error, e.Code, e.Message));
            return false;
        }
    }
}
