using EdgeSlim.Bench.Contenders;
using EdgeSlim.Bench.Measuring;
using EdgeSlim.Bench.Setup;

namespace EdgeSlim.Bench.Writing;

/// <summary>docs/benchmarks.md. Pure.</summary>
internal static class BenchmarksPage
{
    /// <summary>The name of the marks around the table that README.md shows too.</summary>
    public const string SummaryName = "summary";

    /// <summary>Writes it.</summary>
    /// <param name="results">What was measured.</param>
    /// <returns>The page.</returns>
    public static string Of(Results results) => $$"""
        # Benchmarks

        This page, its charts and the figures in [README.md](../README.md) are written by the program in `bench/`, in one run:

        ```bash
        dotnet run -c Release --project bench
        ```

        EdgeSlim is measured side by side with two other ways to get the same application into the same registry: the .NET
        SDK's own container support (`PublishContainer`) and a Dockerfile of two stages (`buildah`). The contenders take
        turns, and ratios are made round by round, since the machine is not equally busy all the time. Read the ratios;
        the seconds are those of one machine.

        - **Machine**: {{results.Machine}}.
        - **Versions**: {{string.Join(", ", results.Versions)}}.
        - **Base image**, of all images that have one: Debian 12's `{{BaseImage.Packages.Replace(",", "`, `", StringComparison.Ordinal)}}`,
          made with `mmdebstrap`, without documentation and without a shell. EdgeSlim needs none for what is compiled
          ahead of time; its self-contained application stands on the same base as the others'.
        - **Settings**: EdgeSlim as it comes. The others compile ahead of time too, with `OptimizationPreference=Size` and
          `InvariantGlobalization`; the Dockerfile leaves out debug symbols, as Microsoft's samples do.
        - **Registry**: `docker-registry` on loopback.
        - 1 MB is a million bytes. Times are medians, and in brackets the least and the most.

        {{MarkedText.Mark(SummaryName, SummaryTable.Of(results))}}

        Three figures in one cell are those of {{string.Join(", ", results.Names)}}, in this order.

        ## The image

        What a device downloads, the base image included.

        ![Image, compressed](benchmarks/image.svg)

        {{Images(results)}}
        ## Time to deliver

        {{Deliveries(results)}}
        ![Composing and pushing](benchmarks/composing.svg)

        **Choosing and proving**: what else EdgeSlim does in a build, and the others do not: finding out what the application needs, the choice of
        the base, the bill of materials, rules, link check, report, provenance.

        {{Proving(results)}}
        ## Bytes sent

        What went to the registry, heads of requests included. The base image was in the registry already.

        {{Sent(results)}}
        ## Start and memory

        In a container with one processor and {{Figures.Bytes(Starts.MemoryBytes)}} of memory (podman, runc): from the start of the application's process
        until it answers, works, or has done its work; and the most memory that its control group held.

        ![Ready after](benchmarks/start.svg)

        {{Running(results)}}
        ## Growth

        A console application with data beside it, of which half compresses: what composing and pushing it takes, the first
        time, when there are more bytes and when there are more files. One measurement for each point.

        {{string.Join('\n', results.Curves.Select(c => Curve(c, results.Names)))}}
        ## What Microsoft publishes

        {{MicrosoftSizes.Of(results)}}
        ## The commands

        {{Commands(results)}}
        """;

    private static string Images(Results results)
    {
        Table table = new(["", .. results.Names.Select(n => $"{n}: compressed"), .. results.Names.Select(n => "uncompressed"), .. results.Names.Select(n => "files")]);
        foreach (IReadOnlyList<Contender> contenders in results.Contenders)
        {
            ImageFacts[] images = [.. contenders.Select(c => results.Rounds[c].Image!)];
            table.Row(
            [
                contenders[0].Application.Title,
                .. images.Select(i => Figures.Bytes(i.CompressedBytes)),
                .. images.Select(i => Figures.Bytes(i.UncompressedBytes)),
                .. images.Select(i => Figures.Count(i.Files)),
            ]);
        }

        return table.ToString();
    }

    private static string Deliveries(Results results)
    {
        (string Title, Occasion Occasion, bool IsWhole)[] kinds =
        [
            ("**From a clone to the registry**: nothing but NuGet's packages is on the machine.", Occasion.Clean, true),
            ("**The same again**: nothing changed.", Occasion.Unchanged, true),
            ("**Composing and pushing** alone, the first time: of the time of a build what it takes to make an image of the published files and to push it.", Occasion.Compiled, false),
            ("**Composing and pushing** alone, when nothing changed.", Occasion.Unchanged, false),
            ("**Composing and pushing** alone, when one line of the code changed.", Occasion.OneLine, false),
        ];
        return string.Join('\n', kinds.Select(k => $"{k.Title}\n\n{Times(results, k.Occasion, k.IsWhole)}"));
    }

    private static string Proving(Results results)
    {
        Table table = new(["", "the first time", "when nothing changed"]);
        foreach (IReadOnlyList<Contender> contenders in results.Contenders)
        {
            Cell cell = results.Rounds[contenders[0]];
            table.Row(
            [
                contenders[0].Application.Title,
                .. new[] { Occasion.Compiled, Occasion.Unchanged }.Select(o => Figures.Spread(cell.Proving(o), Figures.Seconds)),
            ]);
        }

        return table.ToString();
    }

    private static string Times(Results results, Occasion occasion, bool isWhole)
    {
        Samples Of(Cell cell) => isWhole ? cell.Seconds(occasion) : cell.Composing(occasion);
        Table table = new(["", .. results.Names, "EdgeSlim / better", "rounds"]);
        foreach (IReadOnlyList<Contender> contenders in results.Contenders.Where(c => Of(results.Rounds[c[0]]).Count > 0))
        {
            table.Row(
            [
                contenders[0].Application.Title,
                .. contenders.Select(c => Figures.Spread(Of(results.Rounds[c]), Figures.Seconds)),
                Figures.Spread(results.Ratios(contenders, Of), Figures.Ratio),
                Figures.Count(Of(results.Rounds[contenders[0]]).Count),
            ]);
        }

        return table.ToString();
    }

    private static string Sent(Results results)
    {
        Table table = new(["", .. results.Names.Select(n => $"{n}: first"), .. results.Names.Select(_ => "unchanged"), .. results.Names.Select(_ => "one line")]);
        foreach (IReadOnlyList<Contender> contenders in results.Contenders)
        {
            Cell[] cells = [.. contenders.Select(c => results.Rounds[c])];
            table.Row(
            [
                contenders[0].Application.Title,
                .. new[] { Occasion.Compiled, Occasion.Unchanged, Occasion.OneLine }.SelectMany(
                    o => cells.Select(c => c.Sent(o).Count == 0 ? "-" : Figures.Bytes(c.Sent(o).Median))),
            ]);
        }

        return table.ToString();
    }

    private static string Running(Results results)
    {
        Table table = new(["", .. results.Names.Select(n => $"{n}: ready after"), .. results.Names.Select(_ => "peak memory")]);
        foreach (IReadOnlyList<Contender> contenders in results.Contenders)
        {
            Cell[] cells = [.. contenders.Select(c => results.Rounds[c])];
            table.Row(
            [
                contenders[0].Application.Title,
                .. cells.Select(c => Figures.Spread(c.StartMilliseconds, Figures.Milliseconds)),
                .. cells.Select(c => Figures.Bytes(c.PeakBytes.Median)),
            ]);
        }

        return table.ToString();
    }

    private static string Curve(Growth growth, IReadOnlyList<string> names)
    {
        Table table = new([growth.Title, .. names, .. names.Select(n => $"{n}: sent")]);
        foreach (GrowthPoint point in growth.Points)
        {
            table.Row(
            [
                $"×{point.Factor}: {point.Label}",
                .. names.Select(n => Figures.Seconds(point.Deliveries[n].ComposingSeconds)),
                .. names.Select(n => Figures.Bytes(point.Deliveries[n].Sent)),
            ]);
        }

        return $"![{growth.Title}](benchmarks/{growth.Key}.svg)\n\n{table}";
    }

    private static string Commands(Results results) => string.Concat(
        results.Contenders[0].Select(c => $"- {c.Name}: `{c.Command}`\n"));
}
