namespace EdgeSlim.Publishing;

/// <summary>What an application is made of, compressed.</summary>
/// <param name="ExecutableBytes">Its executable as it is published now.</param>
/// <param name="ManagedBytes">Its assemblies and those of its packages, whole.</param>
/// <param name="IsWeb">Whether it references ASP.NET Core.</param>
public sealed record ApplicationSizes(long ExecutableBytes, long ManagedBytes, bool IsWeb);

/// <summary>
/// How large the image of an application is in another mode, compressed, without publishing it. Measured: docs/properties.md,
/// "What a mode costs". Pure.
/// </summary>
internal static class ModeSizes
{
    /// <summary>glibc, the C++ library and what says whose they are: what every mode but aot is put on.</summary>
    public const long SlicedBase = 2_400_000;

    // A line through three applications, from 0.9 to 3.8 MB of compiled code: what is left of the framework grows with what is
    // compiled of it, and IL is about half as large as the code.
    private const long TrimmedRuntime = 7_500_000;
    private const double TrimmedShare = 0.53;

    public static long Trimmed(ApplicationSizes sizes) => TrimmedRuntime + (long)(TrimmedShare * sizes.ExecutableBytes);

    public static long SelfContained(ApplicationSizes sizes) =>
        (sizes.IsWeb ? 47_600_000 : 36_100_000) + sizes.ManagedBytes;

    /// <summary>The chiseled image that the catalogue has for the mode.</summary>
    public static long FrameworkBase(ApplicationSizes sizes) => sizes.IsWeb ? 52_000_000 : 40_000_000;
}
