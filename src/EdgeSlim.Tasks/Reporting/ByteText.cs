using System.Globalization;

namespace EdgeSlim.Reporting;

/// <summary>Numbers of bytes, as people read them. Pure.</summary>
internal static class ByteText
{
    /// <summary>Three figures and a decimal unit.</summary>
    public static string Of(long bytes) => Math.Abs(bytes) switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.00} MB"),
    };

    /// <summary>The same with its sign.</summary>
    public static string Signed(long bytes) => bytes > 0 ? $"+{Of(bytes)}" : Of(bytes).Replace('-', '\u2212');
}
