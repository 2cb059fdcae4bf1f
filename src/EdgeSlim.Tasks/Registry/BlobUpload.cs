using System.Net;
using EdgeSlim.Diagnostics;
using EdgeSlim.Registry.Transport;

namespace EdgeSlim.Registry;

/// <summary>
/// Gets one blob into a repository: asks whether it is there, has it mounted from another repository, or sends it. A
/// small one goes in one piece; a large one in chunks, so that after a cut the registry is asked how far it got, and it
/// goes on from there. What is only asked is tried again for itself: on a bad line the tries of a chunk are not to be used
/// up by the questions before it.
/// </summary>
/// <param name="registry">The registry.</param>
/// <param name="requests">Makes the requests.</param>
/// <param name="source">The blob.</param>
internal sealed class BlobUpload(RegistryClient registry, UploadRequests requests, BlobSource source)
{
    private const int MostRestarts = 16;

    private readonly Attempts _attempts = registry.Retry.Begin();
    private bool _mayMount = true;
    private bool _wasSent;
    private int _restarts;

    private long Size => source.Blob.Size;

    public async Task<BlobOutcome> RunAsync(CancellationToken cancellationToken)
    {
        UploadSession? session = null;
        while (true)
        {
            try
            {
                // Asked again where the answer to all its bytes was lost.
                if ((session is null || session.IsClosing) && await AskAsync(ct => requests.HasAsync(source.Blob.Digest, ct), cancellationToken))
                {
                    return _wasSent ? BlobOutcome.Sent : BlobOutcome.Present;
                }

                session = session is { IsInDoubt: true } ? await ResumeAsync(session, cancellationToken) : session;
                session ??= await OpenAsync(cancellationToken);
                if (session is null)
                {
                    return BlobOutcome.Mounted;
                }

                await source.Prepare(cancellationToken);
                while (session.Offset < Size && (session.Offset > 0 || Size > ChunkOf(session)))
                {
                    session = await SendChunkAsync(session, cancellationToken);
                }

                session = session with { IsClosing = true };
                _wasSent = true;
                await requests.CloseAsync(session, source, cancellationToken);
                return BlobOutcome.Sent;
            }
            catch (ChunksRefusedException)
            {
                // Not a failure: from now on everything goes in one piece.
                registry.Chunks.Refused();
                session = null;
            }
            catch (TransientRegistryException e)
            {
                await _attempts.FailedAsync(e, cancellationToken);
                if (e.IsCut && session is not null)
                {
                    registry.Chunks.Cut(Math.Min(ChunkOf(session), Size - session.Offset));
                }

                // Of what went in one piece nothing is kept.
                session = session is null or { IsClosing: true, Offset: 0 } ? null : session with { IsInDoubt = true };
            }
        }
    }

    /// <summary>Finds out how to go on after a failure; null where it cannot go on.</summary>
    private async Task<UploadSession?> ResumeAsync(UploadSession session, CancellationToken cancellationToken)
    {
        UploadSession? known = await AskAsync(ct => requests.AskAsync(session, ct), cancellationToken);
        // What holds more than the blob cannot become it.
        if (known is null || known.Offset > Size)
        {
            _restarts++;
            return null;
        }

        return known;
    }

    private Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> request, CancellationToken cancellationToken) =>
        registry.Retry.RunAsync(request, cancellationToken);

    private long ChunkOf(UploadSession session) => Math.Max(registry.Chunks.Current, session.SmallestChunk);

    /// <summary>Opens an upload; null where the registry took the blob from another repository instead.</summary>
    private async Task<UploadSession?> OpenAsync(CancellationToken cancellationToken)
    {
        foreach (string other in _mayMount ? source.Elsewhere : [])
        {
            (bool isMounted, UploadSession? opened) = await AskAsync(
                ct => requests.MountAsync(source.Blob.Digest, other, ct), cancellationToken);
            if (isMounted || opened is not null)
            {
                return opened;
            }
        }

        _mayMount = false;
        return await AskAsync(requests.OpenAsync, cancellationToken);
    }

    private async Task<UploadSession> SendChunkAsync(UploadSession session, CancellationToken cancellationToken)
    {
        long count = Math.Min(ChunkOf(session), Size - session.Offset);
        ChunkAnswer answer = await requests.SendChunkAsync(session, source, count, cancellationToken);
        if (answer.Session is null)
        {
            if (answer.Status == HttpStatusCode.RequestEntityTooLarge && registry.Chunks.TooLarge(count))
            {
                return session;
            }

            // A registry that never took one does not know chunks. One that did has lost this upload, or its place.
            throw registry.Chunks.IsKnown ? new TransientRegistryException(answer.Failure!) : new ChunksRefusedException();
        }

        registry.Chunks.Taken();
        if (answer.Session.Offset <= session.Offset || answer.Session.Offset > session.Offset + count)
        {
            throw new TransientRegistryException(answer.Failure!);
        }

        // To get on again and again to the same place is not to get on.
        if (_restarts < MostRestarts)
        {
            _attempts.Progressed();
        }

        return answer.Session;
    }

    /// <summary>The registry does not take blobs in parts.</summary>
    private sealed class ChunksRefusedException : Exception;
}

/// <summary>What a registry made of a chunk.</summary>
/// <param name="Status">What it answered.</param>
/// <param name="Session">How the upload goes on; null where the chunk was not taken.</param>
/// <param name="Failure">What to say where it does not go on.</param>
internal sealed record ChunkAnswer(HttpStatusCode Status, UploadSession? Session, EdgeException? Failure);
