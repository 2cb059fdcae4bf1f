using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Reporting.Advice;

/// <summary>Finds parts of a map. Pure.</summary>
internal static class MapSearch
{
    /// <summary>All parts that a condition holds for, without what is in them.</summary>
    public static IEnumerable<SizeNode> Find(this SizeNode node, Func<SizeNode, bool> isIt) =>
        isIt(node) ? [node] : node.Parts.SelectMany(p => p.Find(isIt));

    /// <summary>A map and all that is in it.</summary>
    public static IEnumerable<SizeNode> All(SizeNode node) => node.Parts.SelectMany(All).Prepend(node);

    /// <summary>The assembly of a name; null where the image has none.</summary>
    public static SizeNode? Assembly(this SizeNode map, string name) =>
        map.Find(n => n.Kind == SizeKinds.Assembly && n.Name == name).FirstOrDefault();

    /// <summary>The bytes of the types that a condition holds for.</summary>
    public static long TypeBytes(this SizeNode node, Func<string, bool> isIt) =>
        node.Find(n => n.Kind == SizeKinds.Type && isIt(n.Name)).Sum(n => n.Bytes);
}
