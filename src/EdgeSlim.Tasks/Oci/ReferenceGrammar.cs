using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Oci;

/// <summary>The grammar of repository names and tags (distribution-spec 1.1, "Pulling manifests").</summary>
public static partial class ReferenceGrammar
{
    /// <summary>The longest tag, in characters.</summary>
    public const int MaximumTagLength = 128;

    /// <summary>The longest repository name with its registry and the slash between them, in characters.</summary>
    public const int MaximumNameLength = 255;

    private const string NameForNothing = "app";

    /// <summary>Checks a repository name; upper-case letters are lower-cased, as the SDK's container support does.</summary>
    /// <param name="text">The name, without registry and tag.</param>
    /// <param name="registry">The registry that counts towards the longest name; null for none.</param>
    /// <returns>The valid name.</returns>
    /// <exception cref="EdgeException">EDGE3001: the name is not valid; the message suggests one that is.</exception>
    public static string CheckRepository(string text, string? registry = null)
    {
        string name = text.ToLowerInvariant();
        return Repository().IsMatch(name) && name.Length <= RoomBeside(registry)
            ? name
            : throw new EdgeException(DiagnosticCodes.InvalidRepository, text, Normalize(text, RoomBeside(registry)));
    }

    /// <summary>Makes the nearest valid repository name, for instance from the name of an assembly.</summary>
    /// <param name="text">Any text; slashes separate the parts of the name.</param>
    /// <returns>A valid name; <c>app</c> where nothing of the text can be used.</returns>
    public static string NormalizeRepository(string text) => Normalize(text, MaximumNameLength);

    /// <summary>Checks a tag.</summary>
    /// <param name="text">The tag.</param>
    /// <param name="cameFrom">Where it came from, for the message, such as <c>ContainerImageTag</c>.</param>
    /// <returns>The tag, as it was.</returns>
    /// <exception cref="EdgeException">EDGE3002: it is not a tag.</exception>
    public static string CheckTag(string text, string cameFrom) =>
        Tag().IsMatch(text) ? text : throw new EdgeException(DiagnosticCodes.InvalidTag, text, cameFrom);

    private static string Normalize(string text, int room)
    {
        IEnumerable<string> parts = WithoutAccents(text)
            .Split('/')
            .Select(part => NotLettersOrDigits().Replace(part, match => Separator(match.Value)))
            .Select(part => part.Trim('.', '_', '-'))
            .Where(part => part.Length > 0);
        string name = string.Join('/', parts);
        name = (name.Length > room ? name[..room] : name).TrimEnd('.', '_', '-', '/');
        return name.Length > 0 ? name : NameForNothing;
    }

    /// <summary>The separator nearest to what stands between letters and digits.</summary>
    private static string Separator(string text) => text switch
    {
        "." or "_" or "__" => text,
        _ when text.All(c => c == '-') => text,
        _ when text.All(c => c is '.' or '_') => text[..1],
        _ => "-",
    };

    private static string WithoutAccents(string text)
    {
        // Half a surrogate pair cannot be decomposed, and a whole one is no letter of a name either.
        string decomposed = string.Concat(text.Select(c => char.IsSurrogate(c) ? '!' : char.ToLowerInvariant(c)))
            .Normalize(NormalizationForm.FormD);
        return string.Concat(decomposed.Where(c => char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark));
    }

    private static int RoomBeside(string? registry) =>
        string.IsNullOrEmpty(registry) ? MaximumNameLength : Math.Max(0, MaximumNameLength - registry.Length - 1);

    // Each character can be matched in one way only, so that matching is linear.
    [GeneratedRegex(@"\A[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*(?:/[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Repository();

    [GeneratedRegex(@"\A[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotLettersOrDigits();
}
