namespace EdgeSlim.Reporting.Advice;

/// <summary>Files with the same content.</summary>
internal static class DuplicateFileRule
{
    private const long Least = 10_000;

    public static IEnumerable<SizeAdvice> Check(AdviceRequest request) =>
        request.Duplicates
            .Where(d => d.Bytes * (d.Paths.Count - 1) >= Least)
            .Select(d => new SizeAdvice
            {
                Rule = "duplicate-file",
                Title = $"{d.Paths.Count} files have the same content: {ByteText.Of(d.Bytes)} each",
                Text = string.Join(", ", d.Paths.Select(p => "/" + p)),
                Bytes = d.Bytes * (d.Paths.Count - 1),
                IsMeasured = true,
                Change = $"<EdgeExclude Include=\"{d.Paths[^1][(d.Paths[^1].IndexOf('/', StringComparison.Ordinal) + 1)..]}\" />",
            });
}
