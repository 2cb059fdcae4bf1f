namespace EdgeSlim.Diagnostics;

/// <summary>Where the core says what it has to say; a front end (MSBuild, a test) decides how it is shown.</summary>
public interface IDiagnosticSink
{
    /// <summary>Takes one diagnostic. Safe to call from several threads at once.</summary>
    /// <param name="diagnostic">What is said.</param>
    void Report(Diagnostic diagnostic);
}
