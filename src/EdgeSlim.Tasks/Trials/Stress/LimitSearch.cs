using System.Globalization;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Trials.Stress;

/// <summary>
/// Looks for the smallest limits with which an image holds its thresholds: the memory first, with all the processor that it
/// may have, then the processor, with that memory.
/// </summary>
/// <param name="settings">What is asked for, with the largest limits.</param>
/// <param name="tryAsync">Puts the image under load.</param>
/// <param name="diagnostics">Where to say how it goes.</param>
internal sealed class LimitSearch(
    StressSettings settings,
    Func<StressSettings, CancellationToken, Task<StressObservation>> tryAsync,
    IDiagnosticSink diagnostics)
{
    private const long Mebibyte = 1 << 20;
    private const int MilliCpuStep = 10;
    private const int Steps = 64;
    private const int MostRaises = 3;

    // Of what is below the limit, this much is .NET's heap; the rest is code, stacks and what native libraries hold.
    private const double HeapShare = 0.6;
    private const int ConserveMemory = 5;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(15);

    /// <summary>Looks for them.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The limits; null where it does not hold its thresholds with the largest ones either.</returns>
    public async Task<FoundLimits?> FindAsync(CancellationToken cancellationToken)
    {
        TrialProfile most = settings.Trial.Profile;
        async Task<bool> HoldsAsync(long memory, int cpus, bool isTuned) =>
            (await HeldAsync(memory, cpus, isTuned, cancellationToken)) is not null;

        if (!await HoldsAsync(most.MemoryBytes, most.MilliCpus, isTuned: true))
        {
            return null;
        }

        long memoryStep = Math.Max(Mebibyte, most.MemoryBytes / Steps / Mebibyte * Mebibyte);
        long memory = await SmallestAsync(
            0, most.MemoryBytes, memoryStep, m => HoldsAsync(m, most.MilliCpus, isTuned: true));
        int cpuStep = Math.Max(MilliCpuStep, most.MilliCpus / Steps);
        int cpus = (int)await SmallestAsync(0, most.MilliCpus, cpuStep, c => HoldsAsync(memory, (int)c, isTuned: true));

        // Settings that are not needed are left out. What only just held once may not hold twice: then it is a step more.
        for (int raise = 0; ; raise++)
        {
            foreach (bool isTuned in (bool[])[false, true])
            {
                if (await HeldAsync(memory, cpus, isTuned, cancellationToken) is StressObservation seen)
                {
                    return Of(memory, cpus, isTuned, seen);
                }
            }

            if (raise == MostRaises)
            {
                return null;
            }

            memory = Math.Min(memory + memoryStep, most.MemoryBytes);
            cpus = Math.Min(cpus + cpuStep, most.MilliCpus);
        }
    }

    /// <summary>Bisects.</summary>
    /// <param name="low">What does not hold.</param>
    /// <param name="high">What holds.</param>
    /// <param name="step">How close the answer comes; all that is tried is a multiple of it, or the largest.</param>
    /// <param name="holds">Whether a value holds.</param>
    /// <returns>The smallest that was seen to hold.</returns>
    public static async Task<long> SmallestAsync(long low, long high, long step, Func<long, Task<bool>> holds)
    {
        while (high - low > step)
        {
            long middle = (low + ((high - low) / 2)) / step * step;
            middle = middle <= low ? low + step : middle;
            if (await holds(middle))
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }

        return high;
    }

    private async Task<StressObservation?> HeldAsync(long memory, int cpus, bool isTuned, CancellationToken cancellationToken)
    {
        TrialProfile profile = settings.Trial.Profile;
        Dictionary<string, string> environment = new(profile.Environment);
        foreach ((string name, string value) in isTuned ? TuningFor(memory) : [])
        {
            environment.TryAdd(name, value);
        }

        StressSettings tried = settings with
        {
            Duration = settings.Duration < Longest ? settings.Duration : Longest,
            Trial = settings.Trial with
            {
                Limits = settings.Trial.Limits with
                {
                    Timeout = settings.Trial.Limits.Timeout < LongestStart ? settings.Trial.Limits.Timeout : LongestStart,
                },
                Profile = profile with
                {
                    MemoryBytes = memory,
                    MilliCpus = cpus,
                    RequestedMemoryBytes = null,
                    RequestedMilliCpus = null,
                    Environment = environment,
                },
            },
        };
        (StressObservation? seen, string? why) = await SeeAsync(tried, cancellationToken);
        diagnostics.Important(string.Create(
            CultureInfo.InvariantCulture, $"  {memory / Mebibyte} MiB, {cpus}m{(isTuned ? ", tuned" : "")}: {why ?? "holds"}"));
        return why is null ? seen : null;
    }

    private async Task<(StressObservation? Seen, string? Why)> SeeAsync(StressSettings tried, CancellationToken cancellationToken)
    {
        try
        {
            StressObservation seen = await tryAsync(tried, cancellationToken);
            return (seen, StressJudge.Judge(seen, tried) is [TrialFailure failure, ..] ? failure.Text : null);
        }
        catch (EdgeException e) when (e.Code == DiagnosticCodes.TrialEngineFailed)
        {
            // With so little, not even the engine can make a container.
            return (null, e.Message);
        }
    }

    private FoundLimits Of(long memory, int cpus, bool isTuned, StressObservation seen)
    {
        double seconds = Math.Max(1, Math.Min(settings.Duration.TotalSeconds, Longest.TotalSeconds));
        long usedMemory = Math.Min(seen.PeakBytes ?? memory, memory);
        int usedCpus = seen.CpuTime is TimeSpan cpu ? (int)Math.Ceiling(cpu.TotalSeconds / seconds * 1000) : cpus;
        return new FoundLimits(
            new ResourceAmounts(Cpu(Math.Clamp(usedCpus, 1, cpus)), Memory(usedMemory)),
            new ResourceAmounts(Cpu(cpus), Memory(memory)),
            isTuned ? TuningFor(memory) : new SortedDictionary<string, string>());
    }

    // The collector reads numbers in its variables as hexadecimal.
    private static SortedDictionary<string, string> TuningFor(long memory) => new(StringComparer.Ordinal)
    {
        ["DOTNET_GCConserveMemory"] = ConserveMemory.ToString("x", CultureInfo.InvariantCulture),
        ["DOTNET_GCHeapHardLimit"] = "0x" + ((long)(memory * HeapShare)).ToString("x", CultureInfo.InvariantCulture),
    };

    private static string Cpu(int milli) => milli.ToString(CultureInfo.InvariantCulture) + "m";

    private static string Memory(long bytes) => ((bytes + Mebibyte - 1) / Mebibyte).ToString(CultureInfo.InvariantCulture) + "Mi";
}
