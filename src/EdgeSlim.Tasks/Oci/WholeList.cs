using System.Text.Json;

namespace EdgeSlim.Oci;

/// <summary>
/// The serializer checks that a list is not null, but not that its elements are not: a document from elsewhere may say
/// <c>[null]</c>.
/// </summary>
internal static class WholeList
{
    /// <summary>Checks a list that was read.</summary>
    /// <param name="list">The list; null where the document has none.</param>
    /// <param name="name">The field's name.</param>
    /// <exception cref="JsonException">An element is null.</exception>
    public static void Check<T>(IReadOnlyList<T>? list, string name)
        where T : class
    {
        if (list?.Any(e => e is null) ?? false)
        {
            throw new JsonException($"'{name}' has an element that is null.");
        }
    }
}
