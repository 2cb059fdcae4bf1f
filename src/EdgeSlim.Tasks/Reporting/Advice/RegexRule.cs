using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Reporting.Advice;

/// <summary>Regular expressions that are parsed at run time.</summary>
internal static class RegexRule
{
    private const string AssemblyName = "System.Text.RegularExpressions";

    // What an expression that was compiled with the project needs of it.
    private static readonly HashSet<string> Needed =
    [
        "Regex", "Match", "Group", "Capture", "MatchCollection", "GroupCollection", "CaptureCollection", "RegexRunner",
        "RegexRunnerFactory", "RegexCharClass", "RegexOptions", "RegexMatchTimeoutException", "MatchSparse",
    ];

    public static IEnumerable<SizeAdvice> Check(AdviceRequest request)
    {
        if (request.Map.Assembly(AssemblyName) is not SizeNode assembly
            || assembly.TypeBytes(t => t is "RegexParser" or "RegexInterpreter") == 0
            || !request.IsCompiled)
        {
            yield break;
        }

        long instances = request.Instances.GetValueOrDefault(AssemblyName);
        long bytes = assembly.Bytes - assembly.TypeBytes(t => Needed.Contains(t.Split('/', '`')[0])) + instances;
        string users = request.UsersOf(AssemblyName);
        yield return new SizeAdvice
        {
            Rule = "regex",
            Title = $"Regular expressions are parsed at run time: {ByteText.Of(bytes)}",
            Text = "The parser and the interpreter of expressions are in the image"
                + (instances > 0 ? $", with {ByteText.Of(instances)} of collections and the like that are compiled for them" : "")
                + (users.Length > 0 ? $"; they are used by {users}. " : ". ")
                + "An expression that is known when the project is compiled becomes code with [GeneratedRegex] and needs neither; many are a comparison of text.",
            Bytes = bytes,
            IsMeasured = true,
        };
    }
}
