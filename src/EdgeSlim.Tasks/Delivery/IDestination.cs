using EdgeSlim.Diagnostics;

namespace EdgeSlim.Delivery;

/// <summary>A place that an image is delivered to.</summary>
public interface IDestination
{
    /// <summary>Finds out whether the place takes the image, as far as can be told without delivering it.</summary>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The work.</returns>
    /// <exception cref="EdgeException">It does not.</exception>
    Task CheckAsync(DeliverableImage image, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Delivers an image, wholly or not at all.</summary>
    /// <param name="image">The image.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What was done.</returns>
    /// <exception cref="EdgeException">It cannot be delivered.</exception>
    Task<Delivered> DeliverAsync(DeliverableImage image, CancellationToken cancellationToken);
}
