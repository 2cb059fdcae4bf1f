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
    private readonly Queue<Task<Piece>> _pieces = new();

    // Memory that is new to the process costs more than what is compressed into it.
    private readonly Stack<Piece> _free = new();
    private readonly Crc32 _checksum = new();
    private Piece _piece = new();
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
            if (_piece.Length == PieceSize)
            {
                Submit(isLast: false);
                _piece = _free.TryPop(out Piece? used) ? used : new Piece();
            }

            int taken = Math.Min(buffer.Length, PieceSize - _piece.Length);
            buffer[..taken].CopyTo(_piece.Content.AsSpan(_piece.Length));
            _piece.Length += taken;
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
        Piece piece = _piece;
        _pieces.Enqueue(Task.Run(
            () =>
            {
                piece.Encode(isLast);
                return piece;
            },
            CancellationToken.None));
        if (_pieces.Count >= _mostPieces)
        {
            WriteOldest();
        }
    }

    private void WriteOldest()
    {
        _isBroken = true;
        Piece piece = _pieces.Dequeue().GetAwaiter().GetResult();
        if (!_hasHead)
        {
            output.Write(Head);
            _hasHead = true;
        }

        piece.Encoded.WriteTo(output);
        piece.Length = 0;
        _free.Push(piece);
        _isBroken = false;
    }

    /// <summary>A piece of the input, and what becomes of it.</summary>
    private sealed class Piece
    {
        public byte[] Content { get; } = new byte[PieceSize];

        public int Length { get; set; }

        public MemoryStream Encoded { get; } = new(PieceSize);

        public void Encode(bool isLast)
        {
            Encoded.SetLength(0);
            DeflateStream deflate = new(Encoded, CompressionLevel.Optimal, leaveOpen: true);
            deflate.Write(Content.AsSpan(0, Length));
            if (isLast)
            {
                deflate.Dispose();
                return;
            }

            // Ends the block on a whole byte. What the encoder writes when it is closed says that the file is over, which
            // it is not.
            deflate.Flush();
            long length = Encoded.Length;
            deflate.Dispose();
            Encoded.SetLength(length);
        }
    }
}
