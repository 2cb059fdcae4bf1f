using System.IO.Compression;

namespace EdgeSlim.Publishing;

/// <summary>How large files are when they are compressed, about: fast, and some percent more than in an image.</summary>
internal static class CompressedSize
{
    /// <summary>Measures files; those that are not there count nothing.</summary>
    /// <param name="files">The files.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Their bytes together.</returns>
    public static long Of(IEnumerable<string> files, CancellationToken cancellationToken) => files.Where(File.Exists).Sum(file =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        using FileStream content = File.OpenRead(file);
        using CountingStream counted = new();
        using (GZipStream compressed = new(counted, CompressionLevel.Fastest, leaveOpen: true))
        {
            content.CopyTo(compressed);
        }

        return counted.Length;
    });

    private sealed class CountingStream : Stream
    {
        private long _length;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => _length;

        public override long Position
        {
            get => _length;
            set => throw new NotSupportedException();
        }

        public override void Write(ReadOnlySpan<byte> buffer) => _length += buffer.Length;

        public override void Write(byte[] buffer, int offset, int count) => _length += count;

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
