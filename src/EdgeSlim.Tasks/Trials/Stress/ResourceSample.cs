namespace EdgeSlim.Trials.Stress;

/// <summary>What a container held and had used at a moment; null where that cannot be seen.</summary>
/// <param name="Seconds">When, from the begin of the test.</param>
/// <param name="MemoryBytes">The memory of its control group.</param>
/// <param name="AnonymousBytes">Of that, what is no file.</param>
/// <param name="CpuMilliseconds">The processor time so far.</param>
/// <param name="Periods">The periods of the processor limit so far.</param>
/// <param name="ThrottledPeriods">In how many of them it had to wait.</param>
/// <param name="ThrottledMilliseconds">How long it had to wait in all.</param>
/// <param name="FileDescriptors">How many files and sockets its process had open.</param>
public sealed record ResourceSample(
    double Seconds,
    long? MemoryBytes,
    long? AnonymousBytes,
    double? CpuMilliseconds,
    long? Periods,
    long? ThrottledPeriods,
    double? ThrottledMilliseconds,
    int? FileDescriptors);
