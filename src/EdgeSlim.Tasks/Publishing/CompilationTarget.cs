namespace EdgeSlim.Publishing;

/// <summary>What native code is compiled for.</summary>
/// <param name="Triple">The target as compilers name it; null for this machine.</param>
/// <param name="SysRoot">The folder that stands for the target's root, with its headers and libraries; null for this machine's.</param>
public sealed record CompilationTarget(string? Triple, string? SysRoot)
{
    /// <summary>This machine.</summary>
    public static CompilationTarget ThisMachine { get; } = new(null, null);

    /// <summary>Whether it is another processor than this machine's.</summary>
    public bool IsForeign => Triple is not null;

    /// <summary>The folders where headers of the target may lie, without those of a compiler's own.</summary>
    public IReadOnlyList<string> IncludeFolders =>
        [$"{SysRoot?.TrimEnd('/')}/usr/include", $"{SysRoot?.TrimEnd('/')}/usr/local/include"];

    /// <summary>The target of a publish.</summary>
    /// <param name="runtimeIdentifier">The .NET runtime identifier of the target.</param>
    /// <param name="hostRuntimeIdentifier">The .NET runtime identifier of this machine.</param>
    /// <param name="sysRoot">The value of SysRoot; empty for none.</param>
    /// <returns>The target.</returns>
    public static CompilationTarget Of(string runtimeIdentifier, string hostRuntimeIdentifier, string sysRoot) => new(
        Architecture(runtimeIdentifier) == Architecture(hostRuntimeIdentifier)
            ? null
            : Architecture(runtimeIdentifier) switch
            {
                "arm64" => "aarch64-linux-gnu",
                "arm" => "arm-linux-gnueabihf",
                _ => "x86_64-linux-gnu",
            },
        sysRoot.Length == 0 ? null : sysRoot);

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
