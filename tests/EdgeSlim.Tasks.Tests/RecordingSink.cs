using System.Collections.Concurrent;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Tests;

/// <summary>Keeps what the core says.</summary>
internal sealed class RecordingSink : IDiagnosticSink
{
    private readonly ConcurrentQueue<Diagnostic> _diagnostics = new();

    public IReadOnlyList<Diagnostic> Diagnostics => [.. _diagnostics];

    public IReadOnlyList<string?> Codes => [.. _diagnostics.Where(d => d.Code is not null).Select(d => d.Code)];

    public void Report(Diagnostic diagnostic) => _diagnostics.Enqueue(diagnostic);
}
