using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Git;

/// <summary>Decides which tags an image gets.</summary>
public static class ImageTags
{
    /// <summary>The tag of an image that nothing else gives one.</summary>
    public const string Fallback = "latest";

    /// <summary>
    /// The tags of an image: those of <c>EdgeTags</c> whose placeholders are known, then those of
    /// <c>ContainerImageTag</c> and <c>ContainerImageTags</c>, each once; <see cref="Fallback"/> when there are none.
    /// </summary>
    /// <param name="templates">The entries of <c>EdgeTags</c>; blank ones are passed over.</param>
    /// <param name="containerImageTags">The tags that the project gives; blank ones are passed over.</param>
    /// <param name="revision">What is known of the source.</param>
    /// <param name="version">The project's version; null when unknown.</param>
    /// <returns>At least one tag, in the order in which they were given.</returns>
    /// <exception cref="EdgeException">
    /// EDGE3003: an entry of <c>EdgeTags</c> cannot be understood. EDGE3002: something is not a tag.
    /// </exception>
    public static IReadOnlyList<string> Resolve(
        IEnumerable<string> templates,
        IEnumerable<string> containerImageTags,
        SourceRevision revision,
        string? version)
    {
        IEnumerable<string> expanded = NotBlank(templates)
            .Select(t => TagTemplate.Expand(t, revision, version))
            .OfType<string>();
        IEnumerable<string> given = NotBlank(containerImageTags)
            .Select(t => ReferenceGrammar.CheckTag(t, "ContainerImageTag or ContainerImageTags"));
        string[] tags = [.. expanded.Concat(given).Distinct(StringComparer.Ordinal)];
        return tags.Length > 0 ? tags : [Fallback];
    }

    /// <summary>
    /// The tags that say which commit the image is of, so that they are never another image's: those of the entries with
    /// <c>{commit}</c> in them. Of a work tree that differs from its commit there is none.
    /// </summary>
    /// <param name="templates">The entries of <c>EdgeTags</c>; blank ones are passed over.</param>
    /// <param name="revision">What is known of the source.</param>
    /// <param name="version">The project's version; null when unknown.</param>
    /// <returns>The tags.</returns>
    public static IReadOnlyList<string> OfCommit(IEnumerable<string> templates, SourceRevision revision, string? version) =>
        revision.IsDirty
            ? []
            : [.. NotBlank(templates)
                .Where(TagTemplate.NamesCommit)
                .Select(t => TagTemplate.Expand(t, revision, version))
                .OfType<string>()
                .Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> NotBlank(IEnumerable<string> texts) =>
        texts.Select(t => t.Trim()).Where(t => t.Length > 0);
}
