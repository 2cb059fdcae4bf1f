using EdgeSlim.Diagnostics;

namespace EdgeSlim.Bases;

/// <summary>
/// Where images are pulled from: instead of where their names say (EdgeBaseMirror), and before it (EdgeRegistryMirrors).
/// </summary>
public sealed class BaseMirrors
{
    private static readonly char[] Separators = [';', ',', '\n', '\r', ' '];

    // The longest first.
    private readonly (string Prefix, string Replacement)[] _instead;

    // As they were written.
    private readonly (string Prefix, string Replacement)[] _before;

    private BaseMirrors((string Prefix, string Replacement)[] instead, (string Prefix, string Replacement)[] before)
    {
        _instead = [.. instead.OrderByDescending(r => r.Prefix.Length)];
        _before = before;
    }

    /// <summary>No mirror.</summary>
    public static BaseMirrors None { get; } = new([], []);

    /// <summary>Reads the properties.</summary>
    /// <param name="instead">EdgeBaseMirror, such as <c>mcr.microsoft.com=registry.example:5000/mcr;docker.io=registry.example:5000/hub</c>.</param>
    /// <param name="before">EdgeRegistryMirrors, in the same form.</param>
    /// <returns>The mirrors.</returns>
    /// <exception cref="EdgeException">An entry cannot be understood (EDGE9004).</exception>
    public static BaseMirrors Parse(string instead, string before = "") =>
        new(ParseRules("EdgeBaseMirror", instead), ParseRules("EdgeRegistryMirrors", before));

    /// <summary>Where an image comes from, past all mirrors that may fail.</summary>
    /// <param name="reference">The image.</param>
    /// <returns>The image, where the longest entry that fits its name puts it.</returns>
    public ImageReference Redirect(ImageReference reference) =>
        _instead.Select(rule => Apply(rule, reference)).FirstOrDefault(place => place is not null) ?? reference;

    /// <summary>The places that an image is pulled from: the next is tried where one does not have it.</summary>
    /// <param name="reference">The image.</param>
    /// <returns>The mirrors that fit, and <see cref="Redirect"/> last.</returns>
    public IReadOnlyList<ImageReference> Places(ImageReference reference)
    {
        ImageReference origin = Redirect(reference);
        return [.. _before.Select(rule => Apply(rule, origin)).OfType<ImageReference>().Append(origin).Distinct()];
    }

    private static ImageReference? Apply((string Prefix, string Replacement) rule, ImageReference reference)
    {
        string name = reference.FullName;
        return name == rule.Prefix || name.StartsWith(rule.Prefix + "/", StringComparison.Ordinal)
            ? ImageReference.Parse(rule.Replacement + name[rule.Prefix.Length..] + ":latest") with { Reference = reference.Reference }
            : null;
    }

    private static (string Prefix, string Replacement)[] ParseRules(string property, string text) =>
        [.. text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(rule => ParseRule(property, rule))];

    private static (string Prefix, string Replacement) ParseRule(string property, string rule)
    {
        string[] parts = [.. rule.Split('=').Select(p => p.Trim('/'))];
        if (parts is not [{ Length: > 0 } prefix, { Length: > 0 } replacement] || !IsPlace(replacement))
        {
            throw new EdgeException(
                DiagnosticCodes.InvalidPropertyValue,
                property,
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
