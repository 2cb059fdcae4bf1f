using System.Globalization;
using System.Text;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Git;

/// <summary>
/// Expands an <c>EdgeTags</c> entry: <c>{commit}</c> (12 hex digits), <c>{commit:N}</c> (4 to 64 digits, as far as there
/// are so many), <c>{branch}</c>, <c>{version}</c>, and <c>{date:format}</c> (the commit's date in UTC in a .NET format;
/// <c>yyyyMMdd</c> without one).
/// </summary>
public static class TagTemplate
{
    private const string DirtySuffix = "-dirty";

    /// <summary>
    /// The tag that an entry stands for. A tag with a commit in it ends in <c>-dirty</c> when the work tree differs from
    /// the commit. Branch and version are made fit for a tag, and cut where the tag would become too long.
    /// </summary>
    /// <param name="template">The entry.</param>
    /// <param name="revision">What is known of the source.</param>
    /// <param name="version">The project's version; null when unknown.</param>
    /// <returns>The tag; null where something that the entry asks for is not known.</returns>
    /// <exception cref="EdgeException">
    /// EDGE3003: the entry cannot be understood. EDGE3002: what comes out is not a tag.
    /// </exception>
    public static string? Expand(string template, SourceRevision revision, string? version)
    {
        IReadOnlyList<TagPart> parts = TagTemplateParser.Parse(template);
        bool isDirty = revision.IsDirty && parts.Any(p => p is TagPart.Commit);
        string?[] values = [.. parts.Select(p => Value(p, revision, version)), isDirty ? DirtySuffix : ""];
        if (values.Contains(null))
        {
            return null;
        }

        string tag = string.Concat(Shorten(parts, values!));
        return ReferenceGrammar.CheckTag(tag, $"the EdgeTags entry '{template}'");
    }

    /// <summary>Whether an entry has the commit in it.</summary>
    /// <param name="template">The entry.</param>
    /// <returns>Whether it has.</returns>
    /// <exception cref="EdgeException">EDGE3003: the entry cannot be understood.</exception>
    public static bool NamesCommit(string template) => TagTemplateParser.Parse(template).Any(p => p is TagPart.Commit);

    private static string? Value(TagPart part, SourceRevision revision, string? version) => part switch
    {
        TagPart.Literal literal => literal.Text,
        TagPart.Commit commit => revision.Commit?[..Math.Min(commit.Length, revision.Commit.Length)],
        TagPart.Date date => revision.CommitTime?.UtcDateTime.ToString(date.Format, CultureInfo.InvariantCulture),
        TagPart.Branch => Fit(revision.Branch),
        TagPart.Version => Fit(version),
        _ => throw new ArgumentException($"{part} is no part of a tag.", nameof(part)),
    };

    /// <summary>Puts one dash where characters are that a tag cannot have; null where nothing remains.</summary>
    private static string? Fit(string? text)
    {
        StringBuilder fitting = new();
        bool gap = false;
        foreach (char c in text ?? "")
        {
            bool fits = char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_';
            if (fits && gap)
            {
                fitting.Append('-');
            }

            if (fits)
            {
                fitting.Append(c);
            }

            gap = !fits;
        }

        string trimmed = fitting.ToString().Trim('.', '-');
        return trimmed.Length > 0 ? trimmed : null;
    }

    /// <summary>Cuts branch and version, which may have any length, to what the rest of the tag leaves them.</summary>
    private static IEnumerable<string> Shorten(IReadOnlyList<TagPart> parts, string[] values)
    {
        bool IsFree(int index) => index < parts.Count && parts[index] is TagPart.Branch or TagPart.Version;

        int taken = values.Where((_, i) => !IsFree(i)).Sum(v => v.Length);
        int free = values.Where((_, i) => IsFree(i)).Count();
        int total = values.Sum(v => v.Length);
        if (total <= ReferenceGrammar.MaximumTagLength || free == 0)
        {
            return values;
        }

        int share = Math.Max(1, (ReferenceGrammar.MaximumTagLength - taken) / free);
        return values.Select((v, i) => IsFree(i) && v.Length > share ? v[..share] : v);
    }
}
