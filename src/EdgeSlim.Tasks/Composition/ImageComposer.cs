using System.Globalization;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Composition;

/// <summary>Writes a planned image into an OCI image layout.</summary>
/// <param name="folder">The layout's folder.</param>
/// <param name="lockFile">A file that two runs on the same layout agree on; it stays when they are done.</param>
/// <param name="diagnostics">Where to say what was out of the ordinary.</param>
/// <param name="cache">Where compressed layers are kept; null for nowhere.</param>
public sealed class ImageComposer(
    string folder, string lockFile, IDiagnosticSink? diagnostics = null, LayerCache? cache = null)
{
    /// <summary>Writes the image. What the layout held before stays whole until the last step.</summary>
    /// <param name="plan">The image.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The image, as it lies in the layout.</returns>
    /// <exception cref="EdgeException">A source cannot be read, or the layout cannot be written.</exception>
    public async Task<LayoutImage> ComposeAsync(ImagePlan plan, CancellationToken cancellationToken)
    {
        await using FileStream exclusive = await LayoutLock.TakeAsync(lockFile, diagnostics, cancellationToken);
        ImageLayoutWriter writer = new(folder, diagnostics, cache);

        // The layers do not depend on each other, and compressing is what takes the time.
        Task<WrittenLayer[]> writing = Task.WhenAll(
            plan.Layers.Select(l => Task.Run(() => writer.WriteLayer(l, cancellationToken), cancellationToken)));
        await Task.WhenAll([writing, .. plan.BaseLayers.Select(
            l => Task.Run(() => writer.CopyBlob(new ImageLayout(plan.BaseLayoutFolder!), l, cancellationToken), cancellationToken))]);
        WrittenLayer[] layers = await writing;

        ImageConfig config = new()
        {
            Created = Rfc3339(plan.Created),
            Architecture = plan.Platform.Architecture,
            Variant = plan.Platform.Variant,
            OperatingSystem = plan.Platform.OperatingSystem,
            Config = plan.Config,
            RootFileSystem = new RootFileSystem { DiffIds = [.. plan.BaseDiffIds, .. layers.Select(l => l.DiffId)] },
            History =
            [
                .. plan.BaseHistory,
                .. plan.Layers.Select(l => new HistoryEntry { Created = Rfc3339(l.Time), CreatedBy = HistoryEntry.EdgeSlim, Comment = l.Name }),
            ],
        };
        ImageManifest manifest = new()
        {
            Config = writer.WriteConfig(config),
            Layers = [.. plan.BaseLayers, .. layers.Select(l => l.Descriptor)],
            Annotations = plan.Annotations.Count == 0 ? null : plan.Annotations,
        };
        Descriptor descriptor = writer.WriteManifest(manifest) with { Platform = plan.Platform };
        cancellationToken.ThrowIfCancellationRequested();
        writer.Commit(descriptor, plan.Tags);
        return new ImageLayout(folder).ReadImage();
    }

    private static string Rfc3339(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
