using EdgeSlim.Bench.Measuring;

namespace EdgeSlim.Bench.Writing;

/// <summary>The one table that README.md shows. Pure.</summary>
internal static class SummaryTable
{
    public static string Of(Results results)
    {
        Table table = new(
        [
            "Image, compressed", .. results.Names, "EdgeSlim / better", "Files", "Ready after", "Peak memory",
        ]);
        foreach (IReadOnlyList<Contenders.Contender> contenders in results.Contenders)
        {
            Cell[] cells = [.. contenders.Select(c => results.Rounds[c])];
            table.Row(
            [
                contenders[0].Application.Title,
                .. cells.Select(c => Figures.Bytes(c.Image!.CompressedBytes)),
                Figures.Ratio((double)cells[0].Image!.CompressedBytes / cells.Skip(1).Min(c => c.Image!.CompressedBytes)),
                Three(cells, c => Figures.Count(c.Image!.Files)),
                Three(cells, c => Figures.Milliseconds(c.StartMilliseconds.Median)),
                Three(cells, c => Figures.Bytes(c.PeakBytes.Median)),
            ]);
        }

        return table.ToString();
    }

    // One unit for all three reads better where they have the same.
    private static string Three(Cell[] cells, Func<Cell, string> figure)
    {
        string[] figures = [.. cells.Select(figure)];
        string[] units = [.. figures.Select(f => f.Split(' ')[^1]).Distinct()];
        return units.Length == 1 && figures[0].Contains(' ', StringComparison.Ordinal)
            ? $"{string.Join(" / ", figures.Select(f => f.Split(' ')[0]))} {units[0]}"
            : string.Join(" / ", figures);
    }
}
