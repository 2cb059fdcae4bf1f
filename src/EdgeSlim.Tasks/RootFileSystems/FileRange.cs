using Microsoft.Win32.SafeHandles;

namespace EdgeSlim.RootFileSystems;

/// <summary>A stretch of a file, to be read back and forth. Several can be open at once.</summary>
/// <param name="file">The file, which stays open.</param>
/// <param name="offset">Where the stretch begins.</param>
/// <param name="length">Its bytes.</param>
internal sealed class FileRange(SafeFileHandle file, long offset, long length) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        long left = Math.Max(0, length - Position);
        int read = left == 0 ? 0 : RandomAccess.Read(file, buffer[..(int)Math.Min(left, buffer.Length)], offset + Position);
        Position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
