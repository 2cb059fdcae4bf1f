using System.Globalization;

namespace EdgeSlim.Publishing;

/// <summary>What the analysis of the application's code says of its mode.</summary>
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

    /// <summary>Advises. Pure.</summary>
    /// <param name="warnings">The warnings of the analysis.</param>
    /// <param name="mode">EdgeMode.</param>
    /// <param name="isWeb">Whether the application references ASP.NET Core.</param>
    /// <returns>The advice.</returns>
    public static ModeAdvice Of(IReadOnlyList<AnalysisWarning> warnings, string mode, bool isWeb)
    {
        PublishMode present = Enum.TryParse(mode, ignoreCase: true, out PublishMode known) ? known : PublishMode.SelfContained;
        AnalysisWarning[] relevant = [.. warnings.Where(w => SmallestModeFor(w) > present)];
        if (relevant.Length == 0)
        {
            return new ModeAdvice { WarningCount = 0, Warnings = [] };
        }

        PublishMode next = relevant.Max(SmallestModeFor);
        return new ModeAdvice
        {
            WarningCount = relevant.Length,
            Warnings = [.. relevant.Take(MaxWarnings)],
            NextMode = next.ToString().ToLowerInvariant(),
            AddedBytes = CompressedBytes(next, isWeb) - CompressedBytes(present, isWeb),
        };
    }

    // IL3050 and up: code that is made at run time, for which there is a compiler in every mode but aot. IL2xxx: code that
    // trimming may take away. IL3000 to IL3049: files that are not there in a single file, as trimmed has it.
    private static PublishMode SmallestModeFor(AnalysisWarning warning) =>
        int.Parse(warning.Code.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture) >= 3050
            ? PublishMode.Trimmed
            : PublishMode.SelfContained;

    // Measured: docs/properties.md, "What a mode costs".
    private static long CompressedBytes(PublishMode mode, bool isWeb) => (mode, isWeb) switch
    {
        (PublishMode.Aot, false) => 944_000,
        (PublishMode.Trimmed, false) => 8_000_000,
        (_, false) => 36_210_000,
        (PublishMode.Aot, true) => 4_090_000,
        (PublishMode.Trimmed, true) => 9_470_000,
        (_, true) => 47_860_000,
    };

    private enum PublishMode
    {
        Aot,
        Trimmed,
        SelfContained,
    }
}
