using System.Diagnostics;

namespace EdgeSlim.Trials;

/// <summary>
/// When an application started that was seen only afterwards. The command that starts a container takes the better part of a second with
/// docker, which is no part of the application's own start.
/// </summary>
internal static class ApplicationStart
{
    /// <summary>Finds it.</summary>
    /// <param name="processId">Its process.</param>
    /// <param name="reported">When the engine says that it started; null where it says nothing.</param>
    /// <param name="asked">When the engine was asked to start it (Stopwatch ticks).</param>
    /// <returns>
    /// The time in Stopwatch ticks: the engine's, or else when the process was made, which is before it became the application. Null where
    /// neither can be.
    /// </returns>
    public static long? Find(int processId, DateTimeOffset? reported, long asked)
    {
        long now = Stopwatch.GetTimestamp();
        long? ofEngine = reported is DateTimeOffset time ? now - (long)((DateTimeOffset.UtcNow - time).TotalSeconds * Stopwatch.Frequency) : null;
        return new[] { ofEngine, ProcessStatus.Read(processId)?.StartedAt() }
            .Where(t => t >= asked - ProcessStatus.TickPrecision && t <= now + ProcessStatus.TickPrecision)
            .Select(t => (long?)Math.Clamp(t!.Value, asked, now))
            .FirstOrDefault();
    }
}
