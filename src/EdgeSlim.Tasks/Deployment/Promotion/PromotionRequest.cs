using EdgeSlim.Bases;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;

namespace EdgeSlim.Deployment.Promotion;

/// <summary>What is to be promoted, and where to.</summary>
/// <param name="From">The image, by its digest.</param>
/// <param name="To">The repositories that are to have it.</param>
/// <param name="Tags">The tags that it gets there; with none, it can be pulled by its digest.</param>
public sealed record PromotionRequest(ImageReference From, IReadOnlyList<PromotionTarget> To, IReadOnlyList<string> Tags)
{
    /// <summary>Reads the properties.</summary>
    /// <param name="from">EdgePromoteFrom.</param>
    /// <param name="to">EdgePromoteTo, between semicolons.</param>
    /// <param name="tags">EdgePromoteTags, between semicolons.</param>
    /// <returns>The request.</returns>
    /// <exception cref="EdgeException">One of them cannot be understood (EDGE7020, EDGE7021, EDGE3002).</exception>
    public static PromotionRequest Read(string from, string to, string tags)
    {
        ImageReference image = from.Length > 0 ? ImageReference.Parse(from.Trim()) : throw new EdgeException(DiagnosticCodes.PromoteNotByDigest, from);
        PromotionTarget[] targets = [.. Split(to).Select(PromotionTarget.Parse).Distinct()];
        string[] names = [.. Split(tags).Distinct(StringComparer.Ordinal)];
        foreach (string tag in names)
        {
            ReferenceGrammar.CheckTag(tag, "EdgePromoteTags");
        }

        // A tag may lead to another image by now than the one that was tested.
        return !image.IsPinned ? throw new EdgeException(DiagnosticCodes.PromoteNotByDigest, from)
            : targets.Length == 0 ? throw new EdgeException(DiagnosticCodes.InvalidPromotionTarget, to)
            : new PromotionRequest(image, targets, names);
    }

    private static string[] Split(string list) =>
        list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>A repository that an image is promoted to.</summary>
/// <param name="Registry">The registry.</param>
/// <param name="Repository">The repository in it.</param>
public sealed record PromotionTarget(RegistryName Registry, string Repository)
{
    /// <summary>Reads <c>registry/repository</c>.</summary>
    /// <param name="text">What the user wrote.</param>
    /// <returns>The repository.</returns>
    /// <exception cref="EdgeException">It is none, or has a tag or a digest (EDGE7021).</exception>
    public static PromotionTarget Parse(string text)
    {
        if (text.Contains('@', StringComparison.Ordinal) || text.LastIndexOf(':') > text.LastIndexOf('/'))
        {
            throw new EdgeException(DiagnosticCodes.InvalidPromotionTarget, text);
        }

        try
        {
            var reference = ImageReference.Parse(text);
            return new PromotionTarget(RegistryName.Parse(reference.Registry), reference.Repository);
        }
        catch (EdgeException e)
        {
            throw new EdgeException(e, DiagnosticCodes.InvalidPromotionTarget, text);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Registry}/{Repository}";
}
