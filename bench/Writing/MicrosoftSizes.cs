using EdgeSlim.Bench.Measuring;

namespace EdgeSlim.Bench.Writing;

/// <summary>What Microsoft publishes of its own images. Not measured here.</summary>
internal static class MicrosoftSizes
{
    private const string Source = "https://github.com/dotnet/dotnet-docker/blob/main/documentation/sample-image-size-report.md";
    private const string Date = "November 2025";

    private static readonly (string Image, double Megabytes)[] Published =
    [
        ("`aspnet`", 92.48),
        ("`aspnet`, chiseled", 52.81),
        ("self-contained and trimmed, on chiseled `runtime-deps`", 21.86),
        ("Native AOT, on chiseled `runtime-deps`", 11.60),
        ("Native AOT, on Alpine `runtime-deps`", 10.69),
    ];

    /// <summary>Microsoft's table, and beside it EdgeSlim's application of the same class.</summary>
    /// <param name="results">What was measured here.</param>
    public static string Of(Results results)
    {
        Table table = new("Web API with an https client", "Compressed", "By");
        foreach ((string image, double megabytes) in Published)
        {
            table.Row(image, Figures.Bytes(megabytes * 1e6), $"Microsoft, {Date}");
        }

        if (results.Contenders.FirstOrDefault(c => c[0].Application.Key == "https") is { } https
            && results.Rounds[https[0]].Image is ImageFacts image2)
        {
            table.Row("EdgeSlim, on scratch", Figures.Bytes(image2.CompressedBytes), "this run");
        }

        return $"""
            Microsoft publishes the sizes of its own sample, a web API with an https client, in
            [dotnet-docker's image size report]({Source}). These figures are
            Microsoft's, of {Date}, and of another application of the same class; they were not measured here.

            {table}
            """;
    }
}
