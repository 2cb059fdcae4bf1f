using System.Diagnostics;
using System.Text.Json;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Registry.Referrers;

/// <summary>
/// The list of referrers where the registry keeps none: an index under the tag <c>sha256-HEX</c>. Several may write it at
/// once: a write is refused where somebody was faster, if the registry can do that, and looked at afterwards if it cannot.
/// </summary>
/// <param name="repository">The repository.</param>
internal sealed class ReferrersTag(RepositoryClient repository)
{
    private const int Tries = 10;

    /// <summary>What stands under the tag, and what the registry calls this version of it.</summary>
    public sealed record Content(IReadOnlyList<Descriptor> Entries, string? Version, bool IsThere);

    public async Task<Content> ReadAsync(Digest subject, CancellationToken cancellationToken)
    {
        string tag = TagOf(subject);
        if (await repository.GetManifestAsync(tag, cancellationToken) is not RegistryManifest manifest)
        {
            return new Content([], null, false);
        }

        try
        {
            ImageIndex index = JsonSerializer.Deserialize(manifest.Content.Span, OciJson.Documents.ImageIndex)
                ?? throw new JsonException("The document is null.");
            return new Content(index.Manifests, manifest.Version, true);
        }
        catch (JsonException e)
        {
            throw new EdgeException(
                e, DiagnosticCodes.UnexpectedResponse, repository.Registry, "200 OK", "GET", $"manifests/{tag}",
                "what stands there is not a list of referrers");
        }
    }

    public async Task AddAsync(Digest subject, IReadOnlyList<Descriptor> entries, CancellationToken cancellationToken)
    {
        for (int i = 0; i < Tries; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Content before = await ReadAsync(subject, cancellationToken);
            if (HasAll(before, entries))
            {
                return;
            }

            bool isWritten = await WriteAsync(subject, [.. before.Entries, .. entries], before, cancellationToken);
            TimeSpan taken = Stopwatch.GetElapsedTime(start);

            // Whoever read before this was written has written by now, and may have lost it.
            await repository.Options.Delay(
                (taken * (1 + Random.Shared.NextDouble())) + TimeSpan.FromMilliseconds(20), cancellationToken);
            if (isWritten && HasAll(await ReadAsync(subject, cancellationToken), entries))
            {
                return;
            }
        }

        throw new EdgeException(
            DiagnosticCodes.ReferrersContended, $"{repository.Registry}/{repository.Name}", TagOf(subject), string.Join(", ", entries.Select(e => e.Digest)));
    }

    private static string TagOf(Digest subject) => $"sha256-{subject.Hex}";

    private static bool HasAll(Content content, IReadOnlyList<Descriptor> entries) =>
        !entries.Select(e => e.Digest).Except(content.Entries.Select(e => e.Digest)).Any();

    private async Task<bool> WriteAsync(
        Digest subject, IReadOnlyList<Descriptor> entries, Content before, CancellationToken cancellationToken)
    {
        var index = new ImageIndex { Manifests = [.. entries.DistinctBy(d => d.Digest)] };
        byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(index, OciJson.Documents.ImageIndex);
        var descriptor = new Descriptor { MediaType = MediaTypes.ImageIndex, Digest = Digest.Of(bytes), Size = bytes.Length };
        WriteCondition condition = before.IsThere ? new WriteCondition(before.Version) : WriteCondition.IsNew;
        ManifestAnswer answer = await repository.PutManifestAsync(
            TagOf(subject), new RegistryManifest(descriptor, bytes), cancellationToken, condition);
        return !answer.IsOutdated;
    }
}
