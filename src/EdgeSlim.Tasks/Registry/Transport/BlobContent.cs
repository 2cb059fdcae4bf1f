using System.Net;
using System.Net.Http.Headers;

namespace EdgeSlim.Registry.Transport;

/// <summary>A blob, or a part of one, that is read from disk while it is sent, and read again when it must be sent again.</summary>
internal sealed class BlobContent : HttpContent
{
    private const int BufferSize = 128 * 1024;
    private readonly BlobSource _source;
    private readonly long _offset;
    private readonly long _count;

    public BlobContent(BlobSource source, long offset, long count)
    {
        _source = source;
        _offset = offset;
        _count = count;
        Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
    }

    /// <summary>Called whenever the connection took some bytes.</summary>
    public Action? Progress { get; set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await using Stream source = _source.Open();
        source.Seek(_offset, SeekOrigin.Begin);
        byte[] buffer = new byte[BufferSize];
        long left = _count;
        int count;
        while (left > 0 && (count = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, BufferSize)), cancellationToken)) > 0)
        {
            await stream.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            left -= count;
            Progress?.Invoke();
            _source.Progress?.Report(_offset + _count - left);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _count;
        return true;
    }
}
