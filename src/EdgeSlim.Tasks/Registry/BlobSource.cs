using EdgeSlim.Oci;

namespace EdgeSlim.Registry;

/// <summary>A blob that a registry is to have.</summary>
/// <param name="Blob">Which.</param>
/// <param name="Open">Opens its bytes, which can be sought in; called anew for each request that sends some of them.</param>
public sealed record BlobSource(Descriptor Blob, Func<Stream> Open)
{
    /// <summary>Other repositories of the registry that probably have it, so that it need not be sent.</summary>
    public IReadOnlyList<string> Elsewhere { get; init; } = [];

    /// <summary>Makes the bytes ready to be opened, where they have to come from somewhere first; called when it is known that
    /// they are to be sent, and may be called again.</summary>
    public Func<CancellationToken, Task> Prepare { get; init; } = _ => Task.CompletedTask;

    /// <summary>Is told how far the bytes have got.</summary>
    public IProgress<long>? Progress { get; init; }
}
