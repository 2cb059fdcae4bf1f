namespace EdgeSlim.Diagnostics;

/// <summary>Says all of a work beside the main one quietly: nobody has to do anything about it.</summary>
/// <param name="sink">Where to.</param>
public sealed class QuietSink(IDiagnosticSink sink) : IDiagnosticSink
{
    /// <inheritdoc/>
    public void Report(Diagnostic diagnostic) => sink.Report(
        diagnostic.Severity > DiagnosticSeverity.Information ? diagnostic with { Severity = DiagnosticSeverity.Information } : diagnostic);
}
