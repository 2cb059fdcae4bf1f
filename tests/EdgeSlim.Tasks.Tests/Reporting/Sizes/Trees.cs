using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Tests.Reporting.Sizes;

/// <summary>What tests ask of maps.</summary>
internal static class Trees
{
    public static void AreExact(SizeNode node)
    {
        Assert.IsGreaterThanOrEqualTo(0, node.Bytes);
        if (node.Children is { } children)
        {
            Assert.AreEqual(node.Bytes, children.Sum(c => c.Bytes), node.Name);
            foreach (SizeNode child in children)
            {
                AreExact(child);
            }
        }
    }

    public static SizeNode Find(SizeNode node, string name) =>
        TryFind(node, name) ?? throw new AssertFailedException($"There is no '{name}' in '{node.Name}'.");

    public static SizeNode Leaf(string name, string kind, long bytes) => new() { Name = name, Kind = kind, Bytes = bytes };

    public static SizeNode Of(string name, string kind, params SizeNode[] parts) =>
        new() { Name = name, Kind = kind, Bytes = parts.Sum(p => p.Bytes), Children = parts };

    private static SizeNode? TryFind(SizeNode node, string name) =>
        node.Name == name ? node : node.Parts.Select(p => TryFind(p, name)).FirstOrDefault(n => n is not null);
}
