using System.Globalization;
using EdgeSlim.Diagnostics;
using EdgeSlim.Reporting.Comparison;
using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Reporting.Budgets;

/// <summary>Holds an image against its budget. Pure.</summary>
public static class BudgetCheck
{
    private const int Named = 5;

    /// <summary>Takes out of a report what is held against a budget.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The figures.</returns>
    public static BudgetFigures FiguresOf(ImageReport report) => new()
    {
        CompressedBytes = report.Image.CompressedBytes,
        ComparedBytes = report.Diff?.CompressedBefore,
        ComparedWith = report.Diff?.With,
        Largest = [.. Contributors.Of(report.Map).Take(Named).Select(c => $"{c.Name} {ByteText.Of(c.Bytes)}")],
        Grown =
        [
            .. (report.Diff?.Changes ?? [])
                .Where(c => c.Difference > 0)
                .OrderByDescending(c => c.Difference)
                .Take(Named)
                .Select(Describe),
        ],
    };

    /// <summary>Says how an image stands to its budget.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="compressedBytes">The compressed bytes of the image.</param>
    /// <param name="comparedBytes">Those of the image that it is compared with; null where there is none.</param>
    /// <returns>How it stands; null where nothing is said.</returns>
    public static BudgetVerdict? Judge(SizeBudget budget, long compressedBytes, long? comparedBytes)
    {
        long? maxGrowth = comparedBytes is not long before ? null
            : budget.MaxGrowthPercent is decimal percent ? (long)(before * percent / 100)
            : budget.MaxGrowthBytes;
        return budget is { MaxBytes: null, MaxGrowthBytes: null, MaxGrowthPercent: null } ? null : new BudgetVerdict
        {
            MaxBytes = budget.MaxBytes,
            MaxGrowth = maxGrowth,
            IsTooLarge = compressedBytes > budget.MaxBytes,
            GrewTooMuch = compressedBytes - comparedBytes > maxGrowth,
        };
    }

    /// <summary>Says all that is wrong.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="figures">The figures.</param>
    /// <param name="maxGrowth">EdgeMaxGrowth, as it is written.</param>
    /// <param name="page">Where the report is.</param>
    /// <param name="diagnostics">Where to say it (EDGE5004 to EDGE5006).</param>
    /// <returns>Whether nothing was said.</returns>
    public static bool Report(SizeBudget budget, BudgetFigures figures, string maxGrowth, string page, IDiagnosticSink diagnostics)
    {
        BudgetVerdict? verdict = Judge(budget, figures.CompressedBytes, figures.ComparedBytes);
        if (verdict is { IsTooLarge: true, MaxBytes: long max })
        {
            diagnostics.Error(
                DiagnosticCodes.ImageTooLarge,
                ByteText.Of(figures.CompressedBytes),
                figures.CompressedBytes,
                ByteText.Of(max),
                max,
                ByteText.Of(figures.CompressedBytes - max),
                string.Join(", ", figures.Largest),
                page);
        }

        if (verdict is { GrewTooMuch: true } && figures.ComparedBytes is long before)
        {
            long grown = figures.CompressedBytes - before;
            diagnostics.Error(
                DiagnosticCodes.ImageGrewTooMuch,
                ByteText.Of(grown),
                before == 0 ? "from nothing" : string.Create(CultureInfo.InvariantCulture, $"{100m * grown / before:0.##} %"),
                figures.ComparedWith,
                ByteText.Of(before),
                ByteText.Of(figures.CompressedBytes),
                maxGrowth,
                string.Join(", ", figures.Grown),
                page);
        }

        bool cannotTell = maxGrowth.Trim().Length > 0 && figures.ComparedBytes is null;
        if (cannotTell)
        {
            diagnostics.Warning(DiagnosticCodes.NothingToCompareWith, maxGrowth);
        }

        return !cannotTell && verdict is not { IsTooLarge: true } and not { GrewTooMuch: true };
    }

    private static string Describe(SizeChange change) =>
        $"{change.Name}{Versions(change)} {ByteText.Signed(change.Difference)}";

    private static string Versions(SizeChange change) =>
        change.VersionBefore == change.VersionAfter ? ""
        : change.VersionBefore is null ? $" {change.VersionAfter} (new)"
        : $" {change.VersionBefore} \u2192 {change.VersionAfter}";
}
