using EdgeSlim.Diagnostics;
using EdgeSlim.Registry;

namespace EdgeSlim.Delivery;

/// <summary>Pushes an image to a registry.</summary>
/// <param name="registry">The registry's client; the caller closes it.</param>
/// <param name="diagnostics">Where to say what was sent.</param>
public sealed class RegistryDestination(RegistryClient registry, IDiagnosticSink diagnostics) : IDestination
{
    /// <inheritdoc/>
    public async Task<Delivered> DeliverAsync(DeliverableImage image, CancellationToken cancellationToken)
    {
        RepositoryClient repository =
            registry.Repository(registry.Registry.ApiRepository(image.Repository), RegistryAccess.Push);
        PushResult result = await new ImagePusher(diagnostics)
            .PushAsync(image.Layout, image.Tree, repository, image.Tags, cancellationToken);
        return new Delivered(
            "registry",
            [.. image.Tags.Select(tag => $"{registry.Registry}/{image.Repository}:{tag}")],
            result.BytesUploaded,
            result.ManifestsWritten == 0
                ? "it was there already"
                : $"{result.BlobsUploaded} blobs with {result.BytesUploaded} bytes sent, {result.BlobsPresent} were there already");
    }
}
