using System.Globalization;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Registry;

/// <summary>
/// Says how far a long transfer has got: at most once a second, and nothing of one that is over before. Every ten seconds
/// it is for everybody who reads the log, else for those who want to know more.
/// </summary>
/// <param name="diagnostics">Where to.</param>
/// <param name="clock">The clock.</param>
/// <param name="subject">What is sent, and where to.</param>
internal sealed class TransferProgress(IDiagnosticSink diagnostics, TimeProvider clock, string subject)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ImportantInterval = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private long _said = clock.GetTimestamp();
    private long _saidToAll = clock.GetTimestamp();
    private long _total;
    private long _done;
    private long _moved;

    /// <summary>A part of it, which counts from when its first bytes are on the way.</summary>
    /// <param name="size">Its size.</param>
    public IProgress<long> Part(long size) => new Portion(this, size);

    private void Moved(long added, long position)
    {
        lock (_lock)
        {
            _total += added;
            _done += position;
            _moved += Math.Max(0, position);
            TimeSpan elapsed = clock.GetElapsedTime(_said);
            if (elapsed >= Interval)
            {
                Say(elapsed);
            }
        }
    }

    private void Say(TimeSpan elapsed)
    {
        double percent = 100.0 * _done / Math.Max(1, _total);
        bool isImportant = clock.GetElapsedTime(_saidToAll) >= ImportantInterval;
        diagnostics.Report(new Diagnostic(
            isImportant ? DiagnosticSeverity.Important : DiagnosticSeverity.Information,
            null,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{subject}: {percent:0} % of {_total / 1e6:0.0} MB, {_moved / 1e6 / elapsed.TotalSeconds:0.00} MB/s")));
        _said = clock.GetTimestamp();
        _saidToAll = isImportant ? _said : _saidToAll;
        _moved = 0;
    }

    private sealed class Portion(TransferProgress whole, long size) : IProgress<long>
    {
        private bool _isCounted;
        private long _position;

        public void Report(long value)
        {
            whole.Moved(_isCounted ? 0 : size, value - _position);
            _isCounted = true;
            _position = value;
        }
    }
}
