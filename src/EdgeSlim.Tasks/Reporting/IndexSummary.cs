namespace EdgeSlim.Reporting;

/// <summary>The closing words of a run for several platforms: the index, one line for each platform, where it was delivered.</summary>
public static class IndexSummary
{
    /// <summary>Makes the summary.</summary>
    /// <param name="facts">What was learned.</param>
    /// <param name="layoutFolder">Where the images lie on disk.</param>
    /// <returns>Its lines.</returns>
    public static IReadOnlyList<string> Lines(IndexFacts facts, string layoutFolder)
    {
        string platforms = string.Join(", ", facts.Platforms.Select(p => p.Image.Platform));
        List<string> lines = [$"{Name(facts.Index)} ({platforms})", $"  digest     {facts.Index.Digest}"];
        lines.AddRange(facts.Platforms.Select(p => Line(p.Image)));
        lines.Add($"  layout     {layoutFolder}");
        lines.AddRange(facts.Index.Deliveries.SelectMany(Summary.Lines));
        if (facts.Debug is { } debug)
        {
            lines.Add($"{Name(debug)} ({platforms}, for debugging)");
            lines.Add($"  digest     {debug.Digest}");
            lines.AddRange(facts.Platforms.Select(p => p.Debug?.Image).OfType<ImageFacts>().Select(Line));
            lines.AddRange(debug.Deliveries.SelectMany(Summary.Lines));
        }

        return lines;
    }

    private static string Name(DeliveredIndex index) => $"{index.Repository}:{string.Join(", :", index.Tags)}";

    private static string Line(ImageFacts image) =>
        $"  {image.Platform.ToString()["linux/".Length..],-10} {Summary.Bytes(image.CompressedBytes)} compressed, on {image.Base.Name}, {image.Digest}";
}
