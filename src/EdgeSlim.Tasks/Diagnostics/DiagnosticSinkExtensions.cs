namespace EdgeSlim.Diagnostics;

/// <summary>The usual ways of saying something.</summary>
public static class DiagnosticSinkExtensions
{
    /// <summary>Says evidence, shown at detailed verbosity.</summary>
    /// <param name="sink">Where to.</param>
    /// <param name="text">The line.</param>
    public static void Detail(this IDiagnosticSink sink, string text) =>
        sink.Report(new Diagnostic(DiagnosticSeverity.Detail, null, text));

    /// <summary>Says what a stage did, shown at normal verbosity.</summary>
    /// <param name="sink">Where to.</param>
    /// <param name="text">The line.</param>
    public static void Information(this IDiagnosticSink sink, string text) =>
        sink.Report(new Diagnostic(DiagnosticSeverity.Information, null, text));

    /// <summary>Says what is no warning and has a page all the same, shown at normal verbosity.</summary>
    /// <param name="sink">Where to.</param>
    /// <param name="code">One of <see cref="DiagnosticCodes"/>.</param>
    /// <param name="arguments">What the message's placeholders stand for.</param>
    public static void Information(this IDiagnosticSink sink, string code, params object?[] arguments) =>
        sink.Report(new Diagnostic(DiagnosticSeverity.Information, code, Messages.Format(code, arguments)));

    /// <summary>Says what is shown at every verbosity but quiet.</summary>
    /// <param name="sink">Where to.</param>
    /// <param name="text">The line.</param>
    public static void Important(this IDiagnosticSink sink, string text) =>
        sink.Report(new Diagnostic(DiagnosticSeverity.Important, null, text));

    /// <summary>Says a coded warning.</summary>
    /// <param name="sink">Where to.</param>
    /// <param name="code">One of <see cref="DiagnosticCodes"/>.</param>
    /// <param name="arguments">What the message's placeholders stand for.</param>
    public static void Warning(this IDiagnosticSink sink, string code, params object?[] arguments) =>
        sink.Report(new Diagnostic(DiagnosticSeverity.Warning, code, Messages.Format(code, arguments)));

    /// <summary>Says a coded warning of a place in the user's files.</summary>
    /// <param name="sink">Where to.</param>
    /// <param name="location">The place.</param>
    /// <param name="code">One of <see cref="DiagnosticCodes"/>.</param>
    /// <param name="arguments">What the message's placeholders stand for.</param>
    public static void Warning(this IDiagnosticSink sink, SourceLocation location, string code, params object?[] arguments) =>
        sink.Report(new Diagnostic(DiagnosticSeverity.Warning, code, Messages.Format(code, arguments)) { Location = location });

    /// <summary>Says a coded error, where further ones are to be said before the work ends.</summary>
    /// <param name="sink">Where to.</param>
    /// <param name="code">One of <see cref="DiagnosticCodes"/>.</param>
    /// <param name="arguments">What the message's placeholders stand for.</param>
    public static void Error(this IDiagnosticSink sink, string code, params object?[] arguments) =>
        sink.Report(new Diagnostic(DiagnosticSeverity.Error, code, Messages.Format(code, arguments)));
}
