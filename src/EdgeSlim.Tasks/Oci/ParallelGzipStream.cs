using System.Buffers.Binary;
using System.IO.Compression;
using EdgeSlim.Oci.Deflate;

namespace EdgeSlim.Oci;

/// <summary>
/// Compresses with the framework's encoder, several pieces at once, into one gzip file without a name or a time. Each
/// piece ends on a whole byte, and the pieces do not depend on how many are worked on.
/// </summary>
/// <param name="output">Where it goes; it stays open.</param>
/// <param name="cancellationToken">Ends the work; what is written is not a whole file then.</param>
internal sealed class ParallelGzipStream(Stream output, CancellationToken cancellationToken) : Stream
{
    private const int PieceSize = 1 << 20;

    // Magic number, deflate, no flags, no time, nothing said of the level, "unknown system".
    private static readonly byte[] Head = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255];

    private readonly int _mostPieces = Math.Clamp(Environment.ProcessorCount, 1, 4) + 1;
    private readonly Queue<Task<MemoryStream>> _pieces = new();
    private readonly Crc32 _checksum = new();
    private byte[] _piece = new byte[PieceSize];
    private int _filled;
    private uint _length;
    private bool _hasHead;
    private bool _isBroken;
    private bool _isDisposed;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => !_isDisposed;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _checksum.Append(buffer);
        _length += (uint)buffer.Length;
        while (buffer.Length > 0)
        {
            // Not as soon as it is full: the last piece must know that it is the last.
            if (_filled == PieceSize)
            {
                Submit(isLast: false);
            }

            int taken = Math.Min(buffer.Length, PieceSize - _filled);
            buffer[..taken].CopyTo(_piece.AsSpan(_filled));
            _filled += taken;
            buffer = buffer[taken..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Does nothing: what is not encoded yet has no bytes.</summary>
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;

            // Whoever failed to write, or gave up, knows that the file is not whole.
            if (!_isBroken && !cancellationToken.IsCancellationRequested)
            {
                Submit(isLast: true);
                while (_pieces.Count > 0)
                {
                    WriteOldest();
                }

                Span<byte> tail = stackalloc byte[8];
                BinaryPrimitives.WriteUInt32LittleEndian(tail, _checksum.Value);
                BinaryPrimitives.WriteUInt32LittleEndian(tail[4..], _length);
                output.Write(tail);
            }
        }

        base.Dispose(disposing);
    }

    private void Submit(bool isLast)
    {
        (byte[] piece, int length) = (_piece, _filled);
        (_piece, _filled) = (isLast ? [] : new byte[PieceSize], 0);
        _pieces.Enqueue(Task.Run(() => Encode(piece.AsSpan(0, length), isLast), CancellationToken.None));
        if (_pieces.Count >= _mostPieces)
        {
            WriteOldest();
        }
    }

    private static MemoryStream Encode(ReadOnlySpan<byte> piece, bool isLast)
    {
        MemoryStream encoded = new();
        DeflateStream deflate = new(encoded, CompressionLevel.Optimal, leaveOpen: true);
        deflate.Write(piece);
        if (isLast)
        {
            deflate.Dispose();
            return encoded;
        }

        // Ends the block on a whole byte. What the encoder writes when it is closed says that the file is over, which it
        // is not.
        deflate.Flush();
        long length = encoded.Length;
        deflate.Dispose();
        encoded.SetLength(length);
        return encoded;
    }

    private void WriteOldest()
    {
        _isBroken = true;
        MemoryStream encoded = _pieces.Dequeue().GetAwaiter().GetResult();
        if (!_hasHead)
        {
            output.Write(Head);
            _hasHead = true;
        }

        encoded.WriteTo(output);
        _isBroken = false;
    }
}
