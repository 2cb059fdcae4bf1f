using System.Globalization;

namespace EdgeSlim.Publishing;

/// <summary>What the analysis of the application's code and of its packages says of its mode.</summary>
public sealed record ModeAdvice
{
    /// <summary>How many warnings are kept.</summary>
    public const int MaxWarnings = 10;

    /// <summary>The number of warnings that matter in the mode.</summary>
    public required int WarningCount { get; init; }

    /// <summary>The first of them.</summary>
    public required IReadOnlyList<AnalysisWarning> Warnings { get; init; }

    /// <summary>The smallest mode in which none of them matters; null where there are none.</summary>
    public string? NextMode { get; init; }

    /// <summary>What that mode adds to the compressed image, about, in bytes; null where there is none.</summary>
    public long? AddedBytes { get; init; }

    /// <summary>
    /// What the application itself has with the mode <c>framework</c>, compressed, about, in bytes; null where a mode before it will do.
    /// </summary>
    public long? FrameworkOwnBytes { get; init; }

    /// <summary>What the base of that mode has, which images share; null where a mode before it will do.</summary>
    public long? FrameworkBaseBytes { get; init; }

    /// <summary>Advises. Pure.</summary>
    /// <param name="warnings">The warnings of the analysis.</param>
    /// <param name="mode">EdgeMode.</param>
    /// <param name="sizes">What the application is made of.</param>
    /// <returns>The advice.</returns>
    public static ModeAdvice Of(IReadOnlyList<AnalysisWarning> warnings, string mode, ApplicationSizes sizes)
    {
        PublishMode present = Enum.TryParse(mode, ignoreCase: true, out PublishMode known) ? known : PublishMode.SelfContained;
        AnalysisWarning[] relevant = [.. warnings.Where(w => SmallestModeFor(w) > present)];
        if (relevant.Length == 0)
        {
            return new ModeAdvice { WarningCount = 0, Warnings = [] };
        }

        PublishMode next = relevant.Max(SmallestModeFor);
        bool isWhole = next == PublishMode.SelfContained;
        long presentBytes = sizes.ExecutableBytes + (present == PublishMode.Aot ? 0 : ModeSizes.SlicedBase);
        return new ModeAdvice
        {
            WarningCount = relevant.Length,
            Warnings = [.. relevant.Take(MaxWarnings)],
            NextMode = next.ToString().ToLowerInvariant(),
            AddedBytes = (isWhole ? ModeSizes.SelfContained(sizes) : ModeSizes.Trimmed(sizes)) - presentBytes,
            FrameworkOwnBytes = isWhole ? sizes.ManagedBytes : null,
            FrameworkBaseBytes = isWhole ? ModeSizes.FrameworkBase(sizes) : null,
        };
    }

    // IL3050 and up: code that is made at run time, for which there is a compiler in every mode but aot. IL2xxx: code that
    // trimming may take away. IL3000 to IL3049: files that are not there in a single file, as trimmed has it.
    private static PublishMode SmallestModeFor(AnalysisWarning warning) =>
        int.Parse(warning.Code.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture) >= 3050
            ? PublishMode.Trimmed
            : PublishMode.SelfContained;

    private enum PublishMode
    {
        Aot,
        Trimmed,
        SelfContained,
    }
}
