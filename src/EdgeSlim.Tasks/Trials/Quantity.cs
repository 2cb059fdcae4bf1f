using System.Globalization;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Trials;

/// <summary>Reads amounts as Kubernetes writes them, and as people do.</summary>
public static class Quantity
{
    private static readonly (string Suffix, long Factor)[] Bytes =
    [
        ("KiB", 1L << 10), ("MiB", 1L << 20), ("GiB", 1L << 30), ("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30),
        ("kB", 1_000), ("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000),
        ("k", 1_000), ("M", 1_000_000), ("G", 1_000_000_000), ("B", 1), ("", 1),
    ];

    /// <summary>Reads an amount of memory: <c>100Mi</c>, <c>100MiB</c>, <c>100M</c>, <c>100MB</c>, bytes.</summary>
    /// <param name="property">The property that has it.</param>
    /// <param name="value">What the user wrote.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="EdgeException">It is none (EDGE6003).</exception>
    public static long Memory(string property, string value)
    {
        (string suffix, long factor) = Bytes.First(b => value.EndsWith(b.Suffix, StringComparison.Ordinal));
        return Positive(value[..^suffix.Length]) is decimal number && number * factor is >= 1 and < long.MaxValue
            ? (long)(number * factor)
            : throw Invalid(property, value, "an amount of memory, such as 100Mi, 100MiB or 100MB");
    }

    /// <summary>Reads a share of processors in thousandths: <c>500m</c>, <c>0.5</c>, <c>2</c>.</summary>
    /// <param name="property">The property that has it.</param>
    /// <param name="value">What the user wrote.</param>
    /// <returns>Thousandths of one processor.</returns>
    /// <exception cref="EdgeException">It is none (EDGE6003).</exception>
    public static int MilliCpus(string property, string value)
    {
        bool isMilli = value.EndsWith('m');
        decimal? number = Positive(isMilli ? value[..^1] : value) * (isMilli ? 1 : 1000);
        return number is >= 1 and <= 1_000_000 && decimal.IsInteger(number.Value)
            ? (int)number
            : throw Invalid(property, value, "a share of processors, such as 500m, 0.5 or 2");
    }

    /// <summary>Reads a time: <c>3s</c>, <c>250ms</c>, <c>1m</c>, or a number in a unit of the property's own.</summary>
    /// <param name="property">The property that has it.</param>
    /// <param name="value">What the user wrote.</param>
    /// <param name="unit">What a bare number counts.</param>
    /// <returns>The time.</returns>
    /// <exception cref="EdgeException">It is none (EDGE6003).</exception>
    public static TimeSpan Duration(string property, string value, TimeSpan unit)
    {
        (string suffix, TimeSpan of) = value switch
        {
            _ when value.EndsWith("ms", StringComparison.Ordinal) => ("ms", TimeSpan.FromMilliseconds(1)),
            _ when value.EndsWith('s') => ("s", TimeSpan.FromSeconds(1)),
            _ when value.EndsWith('m') => ("m", TimeSpan.FromMinutes(1)),
            _ => ("", unit),
        };
        return Positive(value[..^suffix.Length]) is decimal number && of * (double)number is var time && time <= TimeSpan.FromDays(1)
            ? time
            : throw Invalid(property, value, "a time, such as 3s or 250ms");
    }

    /// <summary>Reads a share of a whole: <c>1%</c>, <c>0.01</c>, <c>0</c>.</summary>
    /// <param name="property">The property that has it.</param>
    /// <param name="value">What the user wrote.</param>
    /// <returns>The share, from 0 to 1.</returns>
    /// <exception cref="EdgeException">It is none (EDGE6003).</exception>
    public static double Share(string property, string value)
    {
        bool isPercent = value.EndsWith('%');
        string number = isPercent ? value[..^1].TrimEnd() : value;
        return decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal read)
            && (isPercent ? read / 100 : read) is >= 0 and <= 1 and decimal share
            ? (double)share
            : throw Invalid(property, value, "a share, such as 1% or 0.01");
    }

    // Neither signs nor exponents: nobody writes a limit so, and a typing error is likelier.
    private static decimal? Positive(string text) =>
        text.Length is > 0 and <= 18
        && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
        && number > 0
            ? number
            : null;

    private static EdgeException Invalid(string property, string value, string what) =>
        new(DiagnosticCodes.InvalidQuantity, property, value, what);
}
