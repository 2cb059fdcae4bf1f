namespace EdgeSlim.Diagnostics;

/// <summary>
/// A failure that the user can mend. It carries a code and a message that says what was wrong, what was seen and
/// what to do; it is shown without a stack trace.
/// </summary>
public sealed class EdgeException : Exception
{
    /// <summary>Makes the failure for a code.</summary>
    /// <param name="code">One of <see cref="DiagnosticCodes"/>.</param>
    /// <param name="arguments">What the message's placeholders stand for.</param>
    public EdgeException(string code, params object?[] arguments)
        : base(Messages.Format(code, arguments)) => Code = code;

    /// <summary>Makes the failure for a code, keeping what caused it.</summary>
    /// <param name="cause">The exception that was caught.</param>
    /// <param name="code">One of <see cref="DiagnosticCodes"/>.</param>
    /// <param name="arguments">What the message's placeholders stand for.</param>
    public EdgeException(Exception cause, string code, params object?[] arguments)
        : base(Messages.Format(code, arguments), cause) => Code = code;

    /// <summary>The <c>EDGEnnnn</c> code.</summary>
    public string Code { get; }

    /// <summary>The place in the user's files that is wrong; null for the project as a whole.</summary>
    public SourceLocation? Location { get; init; }
}
