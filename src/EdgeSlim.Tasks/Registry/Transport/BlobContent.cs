using System.Net;
using System.Net.Http.Headers;

namespace EdgeSlim.Registry.Transport;

/// <summary>A blob that is read from disk while it is sent, and read again when it must be sent again.</summary>
internal sealed class BlobContent : HttpContent
{
    private const int BufferSize = 128 * 1024;
    private readonly Func<Stream> _open;
    private readonly long _size;

    public BlobContent(Func<Stream> open, long size)
    {
        _open = open;
        _size = size;
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    /// <summary>Called whenever the connection took some bytes.</summary>
    public Action? Progress { get; set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using Stream source = _open();
        byte[] buffer = new byte[BufferSize];
        int count;
        while ((count = await source.ReadAsync(buffer, cancellationToken)) > 0)
        {
            await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            Progress?.Invoke();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _size;
        return true;
    }
}
