using System.Globalization;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Reporting.Budgets;

/// <summary>What an image may have, and by how much it may grow, compressed.</summary>
public sealed record SizeBudget
{
    private const string SizeForms = "900KB, 6MB, 6MiB, 6000000";

    private static readonly (string Suffix, long Factor)[] Units =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("B", 1),
    ];

    /// <summary>The most bytes that it may have; null where nothing is said.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>The most bytes by which it may grow; null where that is said in percent, or not at all.</summary>
    public long? MaxGrowthBytes { get; init; }

    /// <summary>The most percent by which it may grow; null where that is said in bytes, or not at all.</summary>
    public decimal? MaxGrowthPercent { get; init; }

    /// <summary>Reads what the user wrote.</summary>
    /// <param name="maxSize">EdgeMaxImageSize; empty for no limit.</param>
    /// <param name="maxGrowth">EdgeMaxGrowth; empty for no limit.</param>
    /// <returns>The budget.</returns>
    /// <exception cref="EdgeException">It is no size (EDGE9004).</exception>
    public static SizeBudget Parse(string maxSize, string maxGrowth)
    {
        string growth = maxGrowth.Trim();
        bool isPercent = growth.EndsWith('%');
        return new SizeBudget
        {
            MaxBytes = maxSize.Trim().Length == 0
                ? null
                : Bytes(maxSize.Trim()) ?? throw new EdgeException(DiagnosticCodes.InvalidPropertyValue, "EdgeMaxImageSize", maxSize, SizeForms),
            MaxGrowthBytes = growth.Length == 0 || isPercent
                ? null
                : Bytes(growth) ?? throw new EdgeException(DiagnosticCodes.InvalidPropertyValue, "EdgeMaxGrowth", maxGrowth, "5%, " + SizeForms),
            MaxGrowthPercent = isPercent
                ? Number(growth[..^1]) ?? throw new EdgeException(DiagnosticCodes.InvalidPropertyValue, "EdgeMaxGrowth", maxGrowth, "5%, " + SizeForms)
                : null,
        };
    }

    private static long? Bytes(string text)
    {
        foreach ((string suffix, long factor) in Units)
        {
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                return Bytes(text[..^suffix.Length], factor);
            }
        }

        return Bytes(text, 1);
    }

    private static long? Bytes(string number, long factor) =>
        Number(number) is decimal value && value <= long.MaxValue / factor ? (long)(value * factor) : null;

    private static decimal? Number(string text) =>
        decimal.TryParse(text.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) ? value : null;
}
