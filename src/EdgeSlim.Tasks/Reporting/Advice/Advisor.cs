namespace EdgeSlim.Reporting.Advice;

/// <summary>Asks each rule what could be smaller. Pure.</summary>
internal static class Advisor
{
    private static readonly Func<AdviceRequest, IEnumerable<SizeAdvice>>[] Rules =
    [
        EventSourceRule.Check,
        StackTraceRule.Check,
        CultureRule.Check,
        RegexRule.Check,
        ReflectionJsonRule.Check,
        PackageRule.Check,
        LargeFileRule.Check,
        DuplicateFileRule.Check,
        UnusedLibraryRule.Check,
        ExtremeTierRule.Check,
    ];

    /// <summary>Asks them.</summary>
    /// <param name="request">What is known of the image.</param>
    /// <returns>What they say: first the one line of code that saves most, then what was measured in this image, and of that the largest saving first.</returns>
    public static IReadOnlyList<SizeAdvice> Advise(AdviceRequest request) =>
        [.. FullBuilderRule.Check(request), .. Rules.SelectMany(r => r(request)).OrderByDescending(a => a.IsMeasured).ThenByDescending(a => a.Bytes).ThenBy(a => a.Title, StringComparer.Ordinal)];
}
