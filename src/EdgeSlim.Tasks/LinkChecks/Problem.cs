using EdgeSlim.Diagnostics;

namespace EdgeSlim.LinkChecks;

/// <summary>Something of an image that cannot work.</summary>
/// <param name="Code">One of <see cref="DiagnosticCodes"/>.</param>
/// <param name="File">The file of the image that has it.</param>
/// <param name="Text">What is wrong, what was seen and what to do.</param>
public sealed record Problem(string Code, string File, string Text)
{
    /// <summary>What the file lacks, for the user to name as well: a library, an interpreter; null for nothing.</summary>
    internal string? Missing { get; init; }

    /// <summary>Whether the application cannot start with it, for sure.</summary>
    internal bool IsFatal { get; init; }

    internal static Problem Of(string code, string file, string? missing, bool isFatal, params object?[] arguments) =>
        new(code, file, Messages.Format(code, arguments)) { Missing = missing, IsFatal = isFatal };
}
