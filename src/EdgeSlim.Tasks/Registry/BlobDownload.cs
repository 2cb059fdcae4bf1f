using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry.Transport;

namespace EdgeSlim.Registry;

/// <summary>
/// Writes a blob to a file while it arrives, and keeps the file only when the bytes are the right ones. What has arrived
/// before a connection was lost is not asked for again, where the registry can do so.
/// </summary>
/// <param name="registry">The registry.</param>
/// <param name="blob">Which blob.</param>
/// <param name="newRequest">Makes the request for all of it.</param>
internal sealed class BlobDownload(RegistryClient registry, Descriptor blob, Func<HttpRequestMessage> newRequest)
{
    private const int BufferSize = 128 * 1024;

    private readonly Attempts _attempts = registry.Retry.Begin();
    private long _furthest;

    public async Task RunAsync(string path, CancellationToken cancellationToken)
    {
        // Beside its final place: a rename within a folder is atomic.
        string temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            await using (FileStream file = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, useAsync: true))
            {
                await FillAsync(file, cancellationToken);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, path, e.Message.TrimEnd('.'));
        }
        finally
        {
            Discard(temporary);
        }
    }

    private static void Discard(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What made the file impossible to write is the better message.
        }
    }

    private async Task FillAsync(FileStream file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        while (true)
        {
            try
            {
                await ReceiveAsync(file, hash, cancellationToken);
                return;
            }
            catch (TransientRegistryException e)
            {
                await _attempts.FailedAsync(e, cancellationToken);
            }
        }
    }

    private async Task ReceiveAsync(FileStream file, IncrementalHash hash, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = newRequest();
        request.Headers.Range = file.Position > 0 ? new RangeHeaderValue(file.Position, null) : null;
        using HttpResponseMessage response = await registry.SendAsync(
            request, cancellationToken, HttpStatusCode.OK, HttpStatusCode.PartialContent);
        bool goesOn = response.StatusCode == HttpStatusCode.PartialContent
            && response.Content.Headers.ContentRange?.From == file.Position;
        if (!goesOn)
        {
            Restart(file, hash);
        }

        await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await CopyAsync(body, file, hash, cancellationToken);
        if (file.Position < blob.Size)
        {
            throw RegistryErrors.FromConnection(
                registry.Registry, new IOException($"the transfer ended after {file.Position} of {blob.Size} bytes"));
        }

        var seen = Digest.FromHash(hash.GetCurrentHash());
        if (seen != blob.Digest)
        {
            Restart(file, hash);
            throw new TransientRegistryException(
                new EdgeException(DiagnosticCodes.DigestMismatch, registry.Registry, seen, blob.Digest))
            {
                Cost = TransientRegistryException.HighCost,
            };
        }
    }

    private async Task CopyAsync(Stream body, FileStream file, IncrementalHash hash, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[BufferSize];
        int count;

        // One byte too many settles it: what does not end must not fill the disk.
        while (file.Position <= blob.Size && (count = await registry.ReadAsync(body, buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, count);
            await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            if (file.Position > _furthest)
            {
                _furthest = file.Position;
                _attempts.Progressed();
            }
        }
    }

    private static void Restart(FileStream file, IncrementalHash hash)
    {
        file.SetLength(0);
        file.Position = 0;
        hash.TryGetHashAndReset(stackalloc byte[SHA256.HashSizeInBytes], out _);
    }
}
