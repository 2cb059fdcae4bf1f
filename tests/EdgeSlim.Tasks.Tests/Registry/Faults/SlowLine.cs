namespace EdgeSlim.Tests.Registry.Faults;

/// <summary>A line that takes so many bytes a second and is cut again and again.</summary>
/// <param name="bytesPerSecond">How fast it is.</param>
/// <param name="cutEvery">After how many bytes it is cut.</param>
/// <param name="eachConnection">Whether each connection is cut after so many, or the line after so many of all.</param>
internal sealed class SlowLine(long bytesPerSecond, long cutEvery, bool eachConnection) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private long _total;
    private int _cuts;

    /// <summary>How often it was cut.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    public void Dispose() => _gate.Dispose();

    /// <summary>Carries bytes; false where the line is cut with them.</summary>
    public async Task<bool> CarryAsync(int count, long carriedByConnection, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            await Task.Delay(TimeSpan.FromSeconds((double)count / bytesPerSecond), cancellationToken);
            long before = eachConnection ? carriedByConnection - count : _total;
            _total += count;
            bool isCut = before / cutEvery != (before + count) / cutEvery;
            _cuts += isCut ? 1 : 0;
            return !isCut;
        }
        finally
        {
            _gate.Release();
        }
    }
}
