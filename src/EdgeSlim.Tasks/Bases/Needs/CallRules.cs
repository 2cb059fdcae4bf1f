namespace EdgeSlim.Bases.Needs;

/// <summary>Which calls of a method count, by what they hand to it. Pure.</summary>
internal static class CallRules
{
    private const int InvariantCultureId = 127;

    // System.StringComparison.
    private const int Ordinal = 4;

    /// <summary>Describes a call.</summary>
    /// <param name="target">What is called.</param>
    /// <param name="text">The text constant among the last arguments, if there is one.</param>
    /// <param name="number">The last argument, if it is a constant number.</param>
    /// <param name="shell">The shell that the calling method names before the call, if it names one.</param>
    /// <returns>The description; null where the call does not count.</returns>
    public static string? Describe(AssemblyScanner.Target target, string? text, int? number, string? shell)
    {
        string type = target.Type[(target.Type.LastIndexOf('.') + 1)..];
        string name = target.Method == ".ctor" ? $"new {type}" : $"{type}.{target.Method}";
        switch (target.Kind)
        {
            case UseKind.Shell:
                return shell is null ? null : $"{name} and names {shell}";
            case UseKind.CultureData when target.Parameters is ["String", ..] && type is "CultureInfo" or "RegionInfo":
                return text is "" ? null : $"{name}({(text is null ? "" : $"\"{text}\"")})";
            case UseKind.CultureData when target.Parameters is ["Int32", ..] && number == InvariantCultureId:
                return null;
            case UseKind.CultureSensitive when target.Parameters is [.., ParameterNames.StringComparison]:
                return number < Ordinal ? $"{name} with a culture" : null;
            default:
                return name;
        }
    }
}
