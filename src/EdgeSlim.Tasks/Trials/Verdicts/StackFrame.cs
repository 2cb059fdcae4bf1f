using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeSlim.Trials.Verdicts;

/// <summary>
/// A line of a stack trace as Native AOT writes it: a method, and how far into its code, but no file and line. Pure.
/// </summary>
/// <param name="Type">The type with its namespace; nested ones follow after a dot.</param>
/// <param name="Method">The method.</param>
/// <param name="Offset">How many bytes of the method's code are before the place.</param>
internal sealed partial record StackFrame(string Type, string Method, ulong Offset)
{
    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The frame; null where it is none.</returns>
    public static StackFrame? Parse(string line) => Form().Match(line) is { Success: true } match
        && ulong.TryParse(match.Groups["offset"].Value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong offset)
            ? new StackFrame(match.Groups["type"].Value, match.Groups["method"].Value, offset)
            : null;

    /// <summary>
    /// Whether a function is the code of the method. The compiler's names are ASSEMBLY_TYPE__METHOD, with an underscore for each character
    /// that is none of a name in C, and with the arguments of generic types in angle brackets.
    /// </summary>
    /// <param name="function">The function's name.</param>
    /// <returns>Whether it is.</returns>
    public bool IsIn(string function)
    {
        // Arguments have arguments of their own.
        for (string inner = ""; inner != function;)
        {
            inner = function;
            function = Arguments().Replace(function, "");
        }

        return function.EndsWith($"_{Mangled(Type)}__{Mangled(Method)}", StringComparison.Ordinal);
    }

    private static string Mangled(string name) => Unusual().Replace(name, "_");

    [GeneratedRegex(@"\A\s*at (?<type>\S+?)\.(?<method>(?:\.c?ctor|[^.(]+))\([^)]*\) \+ 0x(?<offset>[0-9a-f]{1,16})\s*\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex Arguments();

    [GeneratedRegex("[^A-Za-z0-9_]")]
    private static partial Regex Unusual();
}
