namespace EdgeSlim.Policy;

/// <summary>Remembers how a stream begins while another reads it.</summary>
/// <param name="source">The stream.</param>
/// <param name="beginning">Where its beginning is kept.</param>
internal sealed class PassingStream(Stream source, byte[] beginning) : Stream
{
    /// <summary>How much of the beginning is kept.</summary>
    public int Kept { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => source.Length;

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads on, until all is kept that can be.</summary>
    public void Fill()
    {
        while (Kept < beginning.Length && Read(beginning, Kept, beginning.Length - Kept) > 0)
        {
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read = source.Read(buffer);
        int kept = Math.Min(read, beginning.Length - Kept);
        buffer[..kept].CopyTo(beginning.AsSpan(Kept));
        Kept += kept;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
