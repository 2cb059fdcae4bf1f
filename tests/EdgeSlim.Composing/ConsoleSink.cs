using EdgeSlim.Diagnostics;

namespace EdgeSlim.Composing;

/// <summary>Says what is out of the ordinary on the error stream.</summary>
internal sealed class ConsoleSink : IDiagnosticSink
{
    public void Report(Diagnostic diagnostic)
    {
        if (diagnostic.Severity is DiagnosticSeverity.Warning or DiagnosticSeverity.Error)
        {
            Console.Error.WriteLine($"{diagnostic.Code} {diagnostic.Text}");
        }
    }
}
