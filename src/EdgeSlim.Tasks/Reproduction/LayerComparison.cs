using System.Formats.Tar;
using System.Globalization;
using System.Security.Cryptography;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Reproduction;

/// <summary>Finds the files in which two layers differ.</summary>
internal sealed class LayerComparison(ImageLayout first, ImageLayout second, string room)
{
    /// <summary>Compares them.</summary>
    /// <param name="one">A layer.</param>
    /// <param name="other">Its like.</param>
    /// <param name="number">Which it is, from 1.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The files, in the order of the first layer; then those that only the second has.</returns>
    /// <exception cref="EdgeException">One of them cannot be read (EDGE3012).</exception>
    public IReadOnlyList<Difference> Compare(Descriptor one, Descriptor other, int number, CancellationToken cancellationToken)
    {
        List<Member> members = [.. Members(first, one, cancellationToken)];
        List<Member> others = [.. Members(second, other, cancellationToken)];
        Dictionary<string, Member> byPath = others.DistinctBy(m => m.Path).ToDictionary(m => m.Path);
        List<Difference> found =
        [
            .. members.Select(m => byPath.TryGetValue(m.Path, out Member? like) ? Compare(m, like, one, other) : new Difference($"/{m.Path}", "only the first image has it")).OfType<Difference>(),
            .. others.ExceptBy(members.Select(m => m.Path), m => m.Path).Select(m => new Difference($"/{m.Path}", "only the second image has it")),
        ];
        return found.Count > 0 ? found
            : members.SequenceEqual(others) ? [new Difference($"layer {number}", "its files are the same, and it is compressed differently")]
            : [new Difference($"layer {number}", "its files are the same, and come in another order")];
    }

    private Difference? Compare(Member one, Member other, Descriptor layer, Descriptor otherLayer)
    {
        if (one == other)
        {
            return null;
        }

        string[] attributes =
        [
            .. Changed("type", one.Type, other.Type),
            .. Changed("mode", Convert.ToString(one.Mode, 8), Convert.ToString(other.Mode, 8)),
            .. Changed("owner", one.Owner, other.Owner),
            .. Changed("time", Text(one.Time), Text(other.Time)),
            .. Changed("link", one.Link, other.Link),
        ];
        string content = one.Hash == other.Hash ? "" : Contents(one.Path, layer, otherLayer);
        return new Difference($"/{one.Path}", string.Join("; ", attributes.Append(content).Where(t => t.Length > 0)));
    }

    private static string Text(DateTimeOffset time) => time.ToString("u", CultureInfo.InvariantCulture);

    private static string[] Changed<T>(string what, T one, T other) => Equals(one, other) ? [] : [$"{what} {one}, and then {other}"];

    private string Contents(string path, Descriptor layer, Descriptor otherLayer)
    {
        string one = Path.Combine(room, "first");
        string other = Path.Combine(room, "second");
        Extract(first, layer, path, one);
        Extract(second, otherLayer, path, other);
        return FileComparison.Describe(one, other);
    }

    private static IEnumerable<Member> Members(ImageLayout layout, Descriptor layer, CancellationToken cancellationToken)
    {
        using Stream content = LayerContent.Open(layout, layer);
        using TarReader tar = new(content);
        while (Next(tar, layout, layer) is TarEntry entry)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new Member(
                entry.Name.TrimEnd('/'), entry.EntryType, (int)entry.Mode, $"{entry.Uid}:{entry.Gid}", entry.ModificationTime, entry.LinkName ?? "",
                entry.DataStream is null ? "" : Convert.ToHexString(SHA256.HashData(entry.DataStream)));
        }
    }

    private static void Extract(ImageLayout layout, Descriptor layer, string path, string file)
    {
        using Stream content = LayerContent.Open(layout, layer);
        using TarReader tar = new(content);
        while (Next(tar, layout, layer) is TarEntry entry)
        {
            if (entry.Name.TrimEnd('/') == path)
            {
                entry.ExtractToFile(file, overwrite: true);
                return;
            }
        }
    }

    private static TarEntry? Next(TarReader tar, ImageLayout layout, Descriptor layer)
    {
        try
        {
            return tar.GetNextEntry();
        }
        catch (Exception e) when (LayerContent.IsDamage(e))
        {
            throw new EdgeException(e, DiagnosticCodes.LayoutDamaged, layout.Folder, $"layer {layer.Digest}: {e.Message}");
        }
    }

    private sealed record Member(string Path, TarEntryType Type, int Mode, string Owner, DateTimeOffset Time, string Link, string Hash);
}
