using System.Text.RegularExpressions;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Settings;

/// <summary>A setting in a file.</summary>
/// <param name="Path">Its path as .NET has it, with colons.</param>
/// <param name="HasText">Whether its value is a text, and not an empty one.</param>
/// <param name="Location">Where it stands.</param>
internal sealed partial record Setting(string Path, bool HasText, SourceLocation Location)
{
    /// <summary>The environment variable that .NET takes it from.</summary>
    public string EnvironmentVariable => Path.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Whether it is named like a secret and has a value.</summary>
    public bool LooksSecret => HasText && SecretName().IsMatch(Path[(Path.LastIndexOf(':') + 1)..]);

    // At the end: 'PasswordFile' and 'TokenLifetime' are none.
    [GeneratedRegex(@"(password|passwd|pwd|secret|api_?key|access_?key|private_?key|(?<!cancellation)token)\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();
}
