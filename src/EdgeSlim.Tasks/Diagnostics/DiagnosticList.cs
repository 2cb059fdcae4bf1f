namespace EdgeSlim.Diagnostics;

/// <summary>Keeps what is said, for whoever decides later whether it is shown.</summary>
internal sealed class DiagnosticList : IDiagnosticSink
{
    private readonly List<Diagnostic> _all = [];

    /// <summary>What was said so far, in its order.</summary>
    public IReadOnlyList<Diagnostic> All
    {
        get
        {
            lock (_all)
            {
                return [.. _all];
            }
        }
    }

    /// <inheritdoc/>
    public void Report(Diagnostic diagnostic)
    {
        lock (_all)
        {
            _all.Add(diagnostic);
        }
    }
}
