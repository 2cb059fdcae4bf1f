namespace EdgeSlim.Registry;

/// <summary>
/// How much of a blob goes in one request to a registry. Connections that are cut teach all uploads that they do not bear
/// as much.
/// </summary>
internal sealed class ChunkSize(long initial)
{
    private const long Smallest = 256 * 1024;

    private readonly Lock _lock = new();
    private long _current = initial;
    private int _cutsInARow;
    private bool _isLimited;
    private bool _isKnown;
    private bool _isRefused;

    /// <summary>The size; all of a blob where the registry does not take blobs in parts.</summary>
    public long Current
    {
        get
        {
            lock (_lock)
            {
                return _isRefused ? long.MaxValue : _current;
            }
        }
    }

    /// <summary>
    /// Whether each chunk goes over a connection of its own, so that one that is cut after so many bytes does not reach
    /// them: a registry that forgets the upload with the chunk would never get to the end.
    /// </summary>
    public bool WantsFreshConnections
    {
        get
        {
            lock (_lock)
            {
                return _isLimited;
            }
        }
    }

    /// <summary>Whether the registry ever took a chunk.</summary>
    public bool IsKnown
    {
        get
        {
            lock (_lock)
            {
                return _isKnown;
            }
        }
    }

    /// <summary>The registry took a chunk.</summary>
    public void Taken()
    {
        lock (_lock)
        {
            _isKnown = true;
            _cutsInARow = 0;
        }
    }

    /// <summary>The registry does not take chunks.</summary>
    public void Refused()
    {
        lock (_lock)
        {
            _isRefused = true;
        }
    }

    /// <summary>A connection was cut with so many bytes under way. Once is an accident, and what is small proves nothing.</summary>
    public void Cut(long bytes)
    {
        lock (_lock)
        {
            if (bytes > _current / 2 && ++_cutsInARow > 1)
            {
                Shrink(bytes);
            }
        }
    }

    /// <summary>So many bytes are too many for one request.</summary>
    /// <returns>Whether the next one is smaller.</returns>
    public bool TooLarge(long bytes)
    {
        lock (_lock)
        {
            return Shrink(bytes);
        }
    }

    private bool Shrink(long bytes)
    {
        long smaller = Math.Max(Math.Min(Smallest, _current), bytes / 2);
        bool isSmaller = smaller < _current;
        _current = Math.Min(_current, smaller);
        _isLimited = true;
        _cutsInARow = 0;
        return isSmaller;
    }
}
