namespace EdgeSlim.Oci;

/// <summary>
/// A tar archive with the zeros at its end that some tools leave out (umoci's <c>insert</c>, for one): the padding of the
/// last file and the two empty blocks. Other readers do without them as well.
/// </summary>
/// <param name="inner">The archive; it is closed with this stream.</param>
internal sealed class PaddedStream(Stream inner) : Stream
{
    private const int BlockSize = 512;

    private int _zeros = 3 * BlockSize;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer);
        if (read > 0 || buffer.Length == 0)
        {
            return read;
        }

        int zeros = Math.Min(_zeros, buffer.Length);
        buffer[..zeros].Clear();
        _zeros -= zeros;
        return zeros;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
