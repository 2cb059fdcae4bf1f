using EdgeSlim.Diagnostics;

namespace EdgeSlim.Registry;

/// <summary>Asks for a manifest again that was just put, and holds what comes back against what was sent.</summary>
/// <param name="repository">Where it was put.</param>
internal sealed class PullBack(RepositoryClient repository)
{
    // Some registries answer from copies of their data, which lag a little.
    private const int Tries = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Does so.</summary>
    /// <param name="reference">The tag or the digest.</param>
    /// <param name="sent">What was sent.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EdgeException">Something else comes back (EDGE4018, EDGE4007).</exception>
    public async Task CheckAsync(string reference, RegistryManifest sent, CancellationToken cancellationToken)
    {
        for (int i = 1; ; i++)
        {
            RegistryManifest? found = await repository.GetManifestAsync(reference, cancellationToken);
            if (found is not null && found.Content.Span.SequenceEqual(sent.Content.Span))
            {
                return;
            }

            if (i == Tries)
            {
                throw new EdgeException(
                    DiagnosticCodes.PulledBackDiffers, $"{repository.Registry}/{repository.Name}", reference,
                    found?.Descriptor.Digest.ToString() ?? "nothing", sent.Descriptor.Digest);
            }

            await repository.Options.Delay(Pause * i, cancellationToken);
        }
    }
}
