using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Reporting.Advice;

/// <summary>Files beside the program that have a large share.</summary>
internal static class LargeFileRule
{
    private const long Least = 200_000;
    private const int Most = 5;

    public static IEnumerable<SizeAdvice> Check(AdviceRequest request) =>
        request.Map.Parts
            .Where(n => n is { Kind: SizeKinds.File, Name: "Files" })
            .SelectMany(n => n.Parts)
            .Where(f => f.Bytes >= Math.Max(Least, request.Map.Bytes / 50))
            .OrderByDescending(f => f.Bytes)
            .Take(Most)
            .Select(f => new SizeAdvice
            {
                Rule = "large-file",
                Title = $"The file {f.Name} has {ByteText.Of(f.Bytes)}",
                Text = "If the application does without it on a device, it can stay out of the image.",
                Bytes = f.Bytes,
                IsMeasured = true,
                Change = $"<EdgeExclude Include=\"{(f.Name.StartsWith("app/", StringComparison.Ordinal) ? f.Name[4..] : "/" + f.Name)}\" />",
            });
}
