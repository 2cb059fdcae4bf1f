using EdgeSlim.Diagnostics;

namespace EdgeSlim.Delivery;

/// <summary>A place that an image is delivered to.</summary>
public interface IDestination
{
    /// <summary>Delivers an image, wholly or not at all.</summary>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="EdgeException">It cannot be delivered.</exception>
    Task<Delivered> DeliverAsync(DeliverableImage image, CancellationToken cancellationToken);
}
