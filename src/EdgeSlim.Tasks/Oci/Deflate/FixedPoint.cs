using System.Numerics;

namespace EdgeSlim.Oci.Deflate;

/// <summary>
/// Parts of a bit, in integers: the encoder's decisions, and with them the bytes it writes, must not depend on how a
/// machine rounds.
/// </summary>
internal static class FixedPoint
{
    /// <summary>Costs are counted in 1/64 bit.</summary>
    public const int Shift = 6;

    /// <summary>A whole bit.</summary>
    public const int One = 1 << Shift;

    private const int FineShift = 12;
    private const int MantissaBits = 10;
    private static readonly ushort[] MantissaLog = MantissaLogs();
    private static readonly int[] SmallProducts = [.. Enumerable.Range(0, 4096).Select(LargeProduct)];

    /// <summary>The binary logarithm.</summary>
    /// <param name="value">At least 1.</param>
    /// <returns>The logarithm, in 1/64.</returns>
    public static int Log2(int value) => FineLog2(value) >> (FineShift - Shift);

    /// <summary>A number times its binary logarithm.</summary>
    /// <param name="value">At least 0.</param>
    /// <returns>The product, in 1/64.</returns>
    public static int TimesLog2(int value) =>
        (uint)value < (uint)SmallProducts.Length ? SmallProducts[value] : LargeProduct(value);

    private static int LargeProduct(int value) =>
        value == 0 ? 0 : (int)(((long)value * FineLog2(value)) >> (FineShift - Shift));

    private static int FineLog2(int value)
    {
        int whole = BitOperations.Log2((uint)value);
        uint mantissa = ((uint)value << (31 - whole)) >> (31 - MantissaBits);
        return (whole << FineShift) + MantissaLog[mantissa & ((1 << MantissaBits) - 1)];
    }

    // Squaring a number from 1 up to 2 doubles its logarithm: whether the square reaches 2 is the next binary digit.
    private static ushort[] MantissaLogs()
    {
        ushort[] logs = new ushort[1 << MantissaBits];
        for (int i = 0; i < logs.Length; i++)
        {
            ulong x = (1UL << 31) + ((ulong)i << (31 - MantissaBits));
            int log = 0;
            for (int digit = 0; digit < FineShift; digit++)
            {
                x = (x * x) >> 31;
                log <<= 1;
                if (x >= 1UL << 32)
                {
                    x >>= 1;
                    log |= 1;
                }
            }

            logs[i] = (ushort)log;
        }

        return logs;
    }
}
