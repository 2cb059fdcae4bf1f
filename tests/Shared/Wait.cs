using System.Diagnostics;

namespace EdgeSlim.Tests;

/// <summary>Waits for what other processes do, without taking the processor from them.</summary>
internal static class Wait
{
    // Only a hang takes so long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Waits until a condition holds.</summary>
    /// <param name="condition">The condition. Looking may start a program.</param>
    /// <returns>Whether it holds; false after five minutes.</returns>
    public static bool Until(Func<bool> condition)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(begin) > Patience)
            {
                return false;
            }

            Thread.Sleep(250);
        }

        return true;
    }
}
