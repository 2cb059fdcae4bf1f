using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Reporting.Comparison;

/// <summary>Says what changed between two images. Pure.</summary>
internal static class ImageComparer
{
    private const int MaxChanges = 200;
    private const int MaxInside = 4;

    // Below it a change says nothing of its own: an alignment, an entry of a table.
    private const long Noise = 16;

    /// <summary>Compares them.</summary>
    /// <param name="before">The report of the other image.</param>
    /// <param name="map">The map of this one.</param>
    /// <param name="packages">The packages of this one.</param>
    /// <returns>What changed.</returns>
    public static ImageDiff Compare(ImageReport before, SizeNode map, IReadOnlyList<ReportedPackage> packages)
    {
        Dictionary<string, Item> old = Items(before.Map);
        Dictionary<string, Item> now = Items(map);
        Dictionary<string, string> versions = packages.ToDictionary(p => p.Id, p => p.Version, StringComparer.OrdinalIgnoreCase);
        Dictionary<string, string> oldVersions = before.Packages.ToDictionary(p => p.Id, p => p.Version, StringComparer.OrdinalIgnoreCase);
        IEnumerable<SizeChange> changes =
            from key in old.Keys.Union(now.Keys)
            let was = old.GetValueOrDefault(key)
            let isNow = now.GetValueOrDefault(key)
            let item = isNow ?? was
            where Math.Abs((isNow?.Bytes ?? 0) - (was?.Bytes ?? 0)) >= Noise
            select new SizeChange
            {
                Name = item.Name,
                Kind = item.Kind,
                Before = was?.Bytes ?? 0,
                After = isNow?.Bytes ?? 0,
                VersionBefore = item.Kind == SizeKinds.Package ? oldVersions.GetValueOrDefault(item.Name) : null,
                VersionAfter = item.Kind == SizeKinds.Package ? versions.GetValueOrDefault(item.Name) : null,
                Inside = Inside(was?.Node, isNow?.Node),
            };
        return new ImageDiff
        {
            With = Name(before.Image),
            CompressedBefore = before.Image.CompressedBytes,
            UncompressedBefore = before.Image.UncompressedBytes,
            Changes = [.. changes.OrderByDescending(c => Math.Abs(c.Difference)).ThenBy(c => c.Name, StringComparer.Ordinal).Take(MaxChanges)],
        };
    }

    private static string Name(ReportedImage image) =>
        $"{image.Repository}:{(image.Tags.Count > 0 ? image.Tags[0] : image.Digest)}";

    // The parts that people have names for: assemblies, packages, libraries, files.
    private static Dictionary<string, Item> Items(SizeNode root)
    {
        Dictionary<string, Item> items = [];
        foreach (SizeNode part in root.Parts)
        {
            // The program may have got another name; what is in it is compared all the same.
            IEnumerable<SizeNode> groups = part.Kind is SizeKinds.Executable or SizeKinds.Bundle ? part.Parts : [part];
            foreach (SizeNode group in groups)
            {
                foreach (SizeNode item in group.Children ?? [group])
                {
                    string key = $"{part.Kind}/{group.Name}/{item.Name}";
                    items[key] = items.TryGetValue(key, out Item? known)
                        ? known with { Bytes = known.Bytes + item.Bytes }
                        : new Item(item.Name, item.Kind, item.Bytes, item);
                }
            }
        }

        return items;
    }

    private static string[] Inside(SizeNode? before, SizeNode? after)
    {
        if (before is null || after is null)
        {
            return [];
        }

        Dictionary<string, long> changes = [];
        Sum(after, 1, changes);
        Sum(before, -1, changes);
        return [.. changes
            .Where(c => Math.Abs(c.Value) >= Noise)
            .OrderByDescending(c => Math.Abs(c.Value))
            .ThenBy(c => c.Key, StringComparer.Ordinal)
            .Take(MaxInside)
            .Select(c => $"{c.Key} {ByteText.Signed(c.Value)}")];
    }

    private static void Sum(SizeNode node, int sign, Dictionary<string, long> changes)
    {
        foreach (SizeNode part in node.Parts)
        {
            if (part.Kind is SizeKinds.Type or SizeKinds.ObjectFile || part.Children is null)
            {
                changes[part.Name] = changes.GetValueOrDefault(part.Name) + (sign * part.Bytes);
            }
            else
            {
                Sum(part, sign, changes);
            }
        }
    }

    private sealed record Item(string Name, string Kind, long Bytes, SizeNode Node);
}
