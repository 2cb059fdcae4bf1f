using EdgeSlim.Diagnostics;

namespace EdgeSlim.Bases;

/// <summary>Where base images are pulled from instead of where their names say (EdgeBaseMirror).</summary>
public sealed class BaseMirrors
{
    private const string Property = "EdgeBaseMirror";

    private static readonly char[] Separators = [';', ',', '\n', '\r', ' '];

    // The longest first.
    private readonly (string Prefix, string Replacement)[] _rules;

    private BaseMirrors((string Prefix, string Replacement)[] rules) => _rules = rules;

    /// <summary>No mirror.</summary>
    public static BaseMirrors None { get; } = new([]);

    /// <summary>Reads the property.</summary>
    /// <param name="text">Such as <c>mcr.microsoft.com=registry.example:5000/mcr;docker.io=registry.example:5000/hub</c>.</param>
    /// <returns>The mirrors.</returns>
    /// <exception cref="EdgeException">An entry cannot be understood (EDGE9004).</exception>
    public static BaseMirrors Parse(string text)
    {
        (string Prefix, string Replacement)[] rules =
            [.. text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(ParseRule)];
        return new BaseMirrors([.. rules.OrderByDescending(r => r.Prefix.Length)]);
    }

    /// <summary>Where an image is pulled from.</summary>
    /// <param name="reference">The image.</param>
    /// <returns>The image, where the longest entry that fits its name puts it.</returns>
    public ImageReference Redirect(ImageReference reference)
    {
        string name = reference.FullName;
        foreach ((string prefix, string replacement) in _rules)
        {
            if (name == prefix || name.StartsWith(prefix + "/", StringComparison.Ordinal))
            {
                return ImageReference.Parse(replacement + name[prefix.Length..] + ":latest") with
                {
                    Reference = reference.Reference,
                };
            }
        }

        return reference;
    }

    private static (string Prefix, string Replacement) ParseRule(string rule)
    {
        string[] parts = [.. rule.Split('=').Select(p => p.Trim('/'))];
        if (parts is not [{ Length: > 0 } prefix, { Length: > 0 } replacement] || !IsPlace(replacement))
        {
            throw new EdgeException(
                DiagnosticCodes.InvalidPropertyValue,
                Property,
                rule,
                "REGISTRY[/PATH]=REGISTRY[/PATH], such as mcr.microsoft.com=registry.example:5000/mcr");
        }

        return (prefix, replacement);
    }

    // With something in it, it has to be a reference whose registry is the one that was written.
    private static bool IsPlace(string place)
    {
        try
        {
            return ImageReference.Parse(place + "/image").FullName == place + "/image";
        }
        catch (EdgeException)
        {
            return false;
        }
    }
}
