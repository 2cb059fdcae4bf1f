using System.Text.RegularExpressions;

namespace EdgeSlim.Settings;

/// <summary>Which names the Kubernetes API takes. Pure.</summary>
internal static partial class ClusterNames
{
    private const int Longest = 253;

    /// <summary>Whether a text can be a key in a ConfigMap or a Secret (<c>IsConfigMapKey</c> of its validation).</summary>
    public static bool IsKey(string text) =>
        text.Length <= Longest && text != "." && !text.StartsWith("..", StringComparison.Ordinal) && Key().IsMatch(text);

    /// <summary>Whether a text can be the name of an object: a DNS subdomain (RFC 1123).</summary>
    public static bool IsName(string text) => text.Length <= Longest && Name().IsMatch(text);

    /// <summary>Whether a text can be an environment variable that .NET, shells and the API all take.</summary>
    public static bool IsVariable(string text) => Variable().IsMatch(text);

    [GeneratedRegex(@"\A[-._a-zA-Z0-9]+\z")]
    private static partial Regex Key();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Variable();
}
