namespace EdgeSlim.Diagnostics;

/// <summary>How loudly a <see cref="Diagnostic"/> is shown.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Shown at detailed verbosity: evidence behind a decision.</summary>
    Detail,

    /// <summary>Shown at normal verbosity: what a stage did.</summary>
    Information,

    /// <summary>Always shown: the closing summary and the like.</summary>
    Important,

    /// <summary>Something works, but not as the user may think it does.</summary>
    Warning,

    /// <summary>The run cannot go on.</summary>
    Error,
}
