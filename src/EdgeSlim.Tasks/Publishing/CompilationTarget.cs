namespace EdgeSlim.Publishing;

/// <summary>What native code is compiled for.</summary>
/// <param name="Triple">The target as compilers name it; null for this machine.</param>
/// <param name="SysRoot">The folder that stands for the target's root, with its headers and libraries; null for this machine's.</param>
/// <param name="IsMusl">Whether its C library is musl.</param>
public sealed record CompilationTarget(string? Triple, string? SysRoot, bool IsMusl = false)
{
    /// <summary>This machine.</summary>
    public static CompilationTarget ThisMachine { get; } = new(null, null);

    /// <summary>Whether it has another processor or another C library than this machine.</summary>
    public bool IsForeign => Triple is not null;

    /// <summary>Where Debian's musl-dev puts musl for the target.</summary>
    public string MuslFolder => "/usr/lib/" + Triple;

    /// <summary>The folders where headers of the target may lie, without those of a compiler's own.</summary>
    public IReadOnlyList<string> IncludeFolders =>
        [$"{SysRoot?.TrimEnd('/')}/usr/include", $"{SysRoot?.TrimEnd('/')}/usr/local/include"];

    /// <summary>The target of a publish, by the AOT compiler's own rule.</summary>
    /// <param name="runtimeIdentifier">The .NET runtime identifier of the target.</param>
    /// <param name="hostRuntimeIdentifier">The .NET runtime identifier of this machine.</param>
    /// <param name="sysRoot">The value of SysRoot; empty for none.</param>
    /// <returns>The target.</returns>
    public static CompilationTarget Of(string runtimeIdentifier, string hostRuntimeIdentifier, string sysRoot)
    {
        bool isMusl = runtimeIdentifier.Contains("musl", StringComparison.Ordinal);
        string libc = isMusl ? "musl" : "gnu";
        string triple = Architecture(runtimeIdentifier) switch
        {
            "arm64" => $"aarch64-linux-{libc}",
            "arm" => $"arm-linux-{libc}eabihf",
            _ => $"x86_64-linux-{libc}",
        };
        return new CompilationTarget(
            runtimeIdentifier == hostRuntimeIdentifier ? null : triple, sysRoot.Length == 0 ? null : sysRoot, isMusl);
    }

    /// <summary>The processor in a .NET runtime identifier.</summary>
    /// <param name="runtimeIdentifier">Such as <c>linux-arm64</c>.</param>
    /// <returns>Such as <c>arm64</c>.</returns>
    public static string Architecture(string runtimeIdentifier) =>
        runtimeIdentifier[(runtimeIdentifier.LastIndexOf('-') + 1)..];

    /// <summary>What a compiler driver is told about it.</summary>
    /// <param name="compilerDriver">The driver. Only clang compiles for several processors.</param>
    /// <returns>The arguments.</returns>
    public IReadOnlyList<string> Arguments(string compilerDriver) =>
    [
        .. Triple is not null && Path.GetFileName(compilerDriver).Contains("clang", StringComparison.Ordinal) ? ["--target=" + Triple] : Array.Empty<string>(),
        .. SysRoot is null ? [] : new[] { "--sysroot=" + SysRoot },
    ];
}
