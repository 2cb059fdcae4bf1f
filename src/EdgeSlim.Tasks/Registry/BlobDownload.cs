using System.Security.Cryptography;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Registry;

/// <summary>Writes a blob to a file while it arrives, and keeps the file only when the bytes are the right ones.</summary>
internal sealed class BlobDownload(RegistryClient registry)
{
    private const int BufferSize = 128 * 1024;

    public async Task RunAsync(Stream body, Descriptor blob, string path, CancellationToken cancellationToken)
    {
        // Beside its final place: a rename within a folder is atomic.
        string temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            Digest seen = await CopyAsync(body, blob.Size, temporary, cancellationToken);
            if (seen != blob.Digest)
            {
                throw new EdgeException(DiagnosticCodes.DigestMismatch, registry.Registry, seen, blob.Digest);
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

    private async Task<Digest> CopyAsync(Stream body, long size, string path, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, useAsync: true);
        byte[] buffer = new byte[BufferSize];
        long total = 0;
        int count;

        // One byte too many settles it: what does not end must not fill the disk.
        while (total <= size && (count = await registry.ReadAsync(body, buffer, cancellationToken)) > 0)
        {
            total += count;
            hash.AppendData(buffer, 0, count);
            await file.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
        }

        return Digest.FromHash(hash.GetHashAndReset());
    }
}
