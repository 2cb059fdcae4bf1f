using EdgeSlim.Diagnostics;

namespace EdgeSlim.Registry.Transport;

/// <summary>How long nothing may happen.</summary>
internal sealed record InactivityLimit(RegistryName Registry, TimeSpan Timeout, TimeProvider Clock)
{
    public InactivityWatch Watch(CancellationToken cancellationToken) => new(this, cancellationToken);

    public TransientRegistryException Failure(Exception cause, string activity) =>
        new(new EdgeException(cause, DiagnosticCodes.RegistryTimeout, Registry, Timeout.TotalSeconds, activity))
        {
            IsCut = true,
            Cost = TransientRegistryException.HighCost,
        };
}

/// <summary>Cancels one activity when nothing has happened for too long.</summary>
internal sealed class InactivityWatch : IDisposable
{
    private readonly CancellationToken _outer;
    private readonly CancellationTokenSource _source;
    private readonly ITimer _timer;
    private readonly TimeSpan _timeout;
    private volatile bool _expired;

    public InactivityWatch(InactivityLimit limit, CancellationToken outer)
    {
        _outer = outer;
        _timeout = limit.Timeout;
        _source = CancellationTokenSource.CreateLinkedTokenSource(outer);
        _timer = limit.Clock.CreateTimer(_ => Expire(), null, _timeout, Timeout.InfiniteTimeSpan);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether it was the watch, and not the caller, that ended the activity.</summary>
    public bool Expired => _expired && !_outer.IsCancellationRequested;

    /// <summary>Something happened: the time starts anew.</summary>
    public void Touch() => _timer.Change(_timeout, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        _timer.Dispose();
        _source.Dispose();
    }

    private void Expire()
    {
        _expired = true;
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The activity ended in the same moment.
        }
    }
}
