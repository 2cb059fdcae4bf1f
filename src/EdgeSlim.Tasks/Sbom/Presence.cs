namespace EdgeSlim.Sbom;

/// <summary>Whether something of a package came through to the image, and how that is known.</summary>
/// <param name="IsPresent">Whether it did.</param>
/// <param name="Evidence">How that is known.</param>
internal sealed record Presence(bool IsPresent, string Evidence)
{
    private const int MostNamed = 3;

    /// <summary>Judges a package by what it brings.</summary>
    /// <param name="assemblies">The simple names of its assemblies.</param>
    /// <param name="files">The names of its other files.</param>
    /// <param name="folder">The folder with its files; null where it has none.</param>
    /// <param name="request">What came through.</param>
    public static Presence Of(
        IReadOnlyList<string> assemblies, IReadOnlyList<string> files, string? folder, InventoryRequest request)
    {
        string[] kept = [.. assemblies.Where(request.Kept.Names.Contains)];
        if (kept.Length > 0)
        {
            return new Presence(true, $"{request.Kept.Verb}: {Named(kept)}");
        }

        string[] shipped = [.. files.Where(f => request.Payload.Contains(f))];
        if (shipped.Length > 0)
        {
            return new Presence(true, $"in the image: {Named(shipped)}");
        }

        string[] linked = folder is null
            ? []
            : [.. request.Linked.Where(l => l.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal)).Select(l => Path.GetFileName(l)!)];
        return linked.Length > 0 ? new Presence(true, $"linked in: {Named(linked)}")
            : assemblies.Count + files.Count == 0 ? new Presence(false, "it brings nothing that runs")
            : new Presence(false, $"no method, type or resource of it was {request.Kept.Verb}");
    }

    private static string Named(string[] names) =>
        string.Join(", ", names.Order(StringComparer.Ordinal).Take(MostNamed)) + (names.Length > MostNamed ? $" and {names.Length - MostNamed} more" : "");
}
