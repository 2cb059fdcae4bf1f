using System.Buffers.Binary;

namespace EdgeSlim.Oci.Deflate;

/// <summary>
/// Compresses what is written into it, as small as it can, into a gzip file without a name or a time. The same input gives
/// the same bytes, on every machine and however it is cut into writes.
/// </summary>
internal sealed class GzipEncoderStream : Stream
{
    // More at once would take more memory. How many is of no consequence for the bytes.
    private const int MostPlanned = 3;

    // Magic number, deflate, no flags, no time, "slowest compression", "unknown system".
    private static readonly byte[] Head = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 255];

    private readonly Stream _inner;
    private readonly bool _leaveOpen;
    private readonly CancellationToken _cancellationToken;
    private readonly BitWriter _output;
    private readonly Crc32 _checksum = new();

    // Chunks that are being planned, the oldest first.
    private readonly Queue<(ChunkEncoder Chunk, Task Plan)> _planned = new();
    private readonly int _chunkSize;
    private ChunkEncoder _current;
    private uint _length;
    private bool _isBroken;
    private bool _isDisposed;

    /// <summary>Begins a file.</summary>
    /// <param name="inner">Where it goes.</param>
    /// <param name="leaveOpen">Whether the inner stream stays open.</param>
    /// <param name="cancellationToken">Ends the work; what is written is not a whole file then.</param>
    /// <param name="chunkSize">The length of the pieces that are encoded at once; the bytes depend on it.</param>
    public GzipEncoderStream(
        Stream inner, bool leaveOpen, CancellationToken cancellationToken, int chunkSize = ChunkEncoder.UsualSize)
    {
        _chunkSize = chunkSize;
        _current = new ChunkEncoder(chunkSize);
        _inner = inner;
        _leaveOpen = leaveOpen;
        _cancellationToken = cancellationToken;
        _output = new BitWriter(inner);
        _current.Begin(null);
        _output.WriteBytes(Head);
    }

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
            // Not as soon as it is full: the last chunk must know that it is the last.
            if (_current.IsFull)
            {
                Submit();
            }

            buffer = buffer[_current.Fill(buffer)..];
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
            try
            {
                Finish();
            }
            finally
            {
                if (!_leaveOpen)
                {
                    _inner.Dispose();
                }
            }
        }

        base.Dispose(disposing);
    }

    private void Submit()
    {
        ChunkEncoder full = _current;
        _planned.Enqueue((full, Task.Run(() => full.Plan(_cancellationToken), CancellationToken.None)));
        _current = _planned.Count == MostPlanned ? WriteOldest(isLast: false) : new ChunkEncoder(_chunkSize);
        _current.Begin(full);
    }

    private ChunkEncoder WriteOldest(bool isLast)
    {
        (ChunkEncoder chunk, Task plan) = _planned.Dequeue();
        _isBroken = true;
        plan.GetAwaiter().GetResult();
        chunk.Write(_output, isLast);
        _isBroken = false;
        return chunk;
    }

    private void Finish()
    {
        // Whoever failed to write, or gave up, knows that the file is not whole.
        if (_isBroken || _cancellationToken.IsCancellationRequested)
        {
            return;
        }

        if (_current.IsEmpty)
        {
            // One block with the fixed code, which holds nothing but its end.
            _output.Write(0b011, 10);
        }
        else
        {
            _planned.Enqueue((_current, Task.Run(() => _current.Plan(_cancellationToken), CancellationToken.None)));
            while (_planned.Count > 0)
            {
                WriteOldest(isLast: _planned.Count == 1).Dispose();
            }
        }

        _output.Align();
        Span<byte> tail = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(tail, _checksum.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(tail[4..], _length);
        _output.WriteBytes(tail);
    }
}
