using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Registry;

/// <summary>What a push has to do, found out before anything is sent.</summary>
/// <param name="Request">What is to be pushed.</param>
/// <param name="Repository">Where to.</param>
/// <param name="Stale">The tags that do not point to it yet, or its digest where there are no tags.</param>
/// <param name="RequestsBefore">How many HTTP requests the client had sent before.</param>
public sealed record PushPlan(
    PushRequest Request, RepositoryClient Repository, IReadOnlyList<string> Stale, int RequestsBefore)
{
    /// <summary>Looks up where the tags point to.</summary>
    /// <param name="request">What is to be pushed.</param>
    /// <param name="repository">Where to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What is to be done.</returns>
    /// <exception cref="EdgeException">Among other things: a tag that may not be moved is another image's (EDGE4015).</exception>
    public static async Task<PushPlan> MakeAsync(
        PushRequest request, RepositoryClient repository, CancellationToken cancellationToken)
    {
        int requestsBefore = repository.Requests;
        Digest digest = request.Tree.Root.Digest;
        List<string> stale = [];
        foreach (string reference in request.Tags.DefaultIfEmpty(digest.ToString()).Distinct(StringComparer.Ordinal))
        {
            Digest? found = await repository.FindManifestAsync(reference, cancellationToken);
            if (found is Digest other && other != digest && request.IsImmutable(reference))
            {
                throw new EdgeException(
                    DiagnosticCodes.TagTaken, $"{repository.Registry}/{repository.Name}", reference, other, digest);
            }

            stale.AddRange(found == digest ? [] : [reference]);
        }

        return new PushPlan(request, repository, stale, requestsBefore);
    }
}
