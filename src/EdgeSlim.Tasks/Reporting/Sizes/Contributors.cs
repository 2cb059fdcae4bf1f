namespace EdgeSlim.Reporting.Sizes;

/// <summary>The parts of an image that people have names for. Pure.</summary>
internal static class Contributors
{
    /// <summary>The assemblies, packages, libraries and files of an image.</summary>
    /// <param name="map">The map of the image.</param>
    /// <returns>The parts, largest first.</returns>
    public static IEnumerable<SizeNode> Of(SizeNode map) =>
        Items(map).OrderByDescending(n => n.Bytes).ThenBy(n => n.Name, StringComparer.Ordinal);

    private static IEnumerable<SizeNode> Items(SizeNode map) => map.Parts
        .SelectMany(p => p.Kind is SizeKinds.Executable or SizeKinds.Bundle ? p.Parts : [p])
        .SelectMany(g => g.Children ?? [g]);

    /// <summary>
    /// The bytes of some assemblies or namespaces: what a group that has a name of its own takes, such as a package.
    /// </summary>
    /// <param name="map">The map of the image.</param>
    /// <param name="belongs">Whether an assembly or a namespace of one belongs to it; a namespace is asked of only where its assembly does not.</param>
    /// <returns>The bytes.</returns>
    public static long BytesOf(SizeNode map, Func<SizeNode, SizeNode?, bool> belongs) => Sum(map, null, belongs);

    private static long Sum(SizeNode node, SizeNode? assembly, Func<SizeNode, SizeNode?, bool> belongs) =>
        node.Kind is SizeKinds.Assembly or SizeKinds.Space && belongs(node, assembly)
            ? node.Bytes
            : node.Parts.Sum(p => Sum(p, node.Kind == SizeKinds.Assembly ? node : assembly, belongs));
}
