using System.Globalization;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Git;

/// <summary>Takes an <c>EdgeTags</c> entry apart, and refuses one that could never be expanded.</summary>
internal static class TagTemplateParser
{
    private const int DefaultCommitDigits = 12;
    private const int FewestCommitDigits = 4;
    private const int MostCommitDigits = 64;
    private const string DefaultDateFormat = "yyyyMMdd";

    /// <exception cref="EdgeException">EDGE3003: a placeholder is unknown, or a brace has no partner.</exception>
    public static IReadOnlyList<TagPart> Parse(string template)
    {
        List<TagPart> parts = [];
        int position = 0;
        while (position < template.Length)
        {
            int open = template.IndexOfAny(['{', '}'], position);
            if (open < 0)
            {
                parts.Add(new TagPart.Literal(template[position..]));
                break;
            }

            if (open > position)
            {
                parts.Add(new TagPart.Literal(template[position..open]));
            }

            int close = template[open] == '{' ? template.IndexOfAny(['{', '}'], open + 1) : -1;
            if (close < 0 || template[close] == '{')
            {
                throw Invalid(template, "a brace has no partner");
            }

            parts.Add(Placeholder(template, template[(open + 1)..close]));
            position = close + 1;
        }

        return parts;
    }

    private static TagPart Placeholder(string template, string content)
    {
        int colon = content.IndexOf(':');
        string name = colon < 0 ? content : content[..colon];
        string? argument = colon < 0 ? null : content[(colon + 1)..];
        return (name, argument) switch
        {
            ("commit", null) => new TagPart.Commit(DefaultCommitDigits),
            ("commit", _) => new TagPart.Commit(CommitDigits(template, argument)),
            ("branch", null) => new TagPart.Branch(),
            ("version", null) => new TagPart.Version(),
            ("date", null) => new TagPart.Date(DefaultDateFormat),
            ("date", _) => new TagPart.Date(DateFormat(template, argument)),
            _ => throw Invalid(template, $"the placeholder '{{{content}}}' is unknown"),
        };
    }

    private static int CommitDigits(string template, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int digits)
            && digits is >= FewestCommitDigits and <= MostCommitDigits
                ? digits
                : throw Invalid(template, $"'{text}' is not a number of digits from {FewestCommitDigits} to {MostCommitDigits}");

    private static string DateFormat(string template, string format)
    {
        try
        {
            // The format is tried at once, so that the mistake shows on a machine without a repository too.
            return DateTimeOffset.UnixEpoch.ToString(format, CultureInfo.InvariantCulture) is { Length: > 0 } && format.Length > 0
                ? format
                : throw Invalid(template, "the date's format is empty");
        }
        catch (FormatException)
        {
            throw Invalid(template, $"'{format}' is not a .NET date format");
        }
    }

    private static EdgeException Invalid(string template, string reason) =>
        new(DiagnosticCodes.InvalidTagTemplate, template, reason);
}
