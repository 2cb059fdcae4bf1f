using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace EdgeSlim.Bench.Setup;

/// <summary>What kind of machine it is, and what runs on it: no name, no path.</summary>
internal static partial class Machine
{
    /// <summary>The programs that are needed besides .NET, and the Debian packages that bring them.</summary>
    public static IReadOnlyList<(string Program, string Package)> Tools { get; } =
    [
        ("docker-registry", "docker-registry"), ("buildah", "buildah"), ("mmdebstrap", "mmdebstrap"), ("skopeo", "skopeo"),
        ("podman", "podman"), ("runc", "runc"), ("clang", "clang"), ("ld.lld", "lld"), ("git", "git"),
    ];

    // docker-registry says it in words of its own.
    private static readonly string[] Telling = ["buildah", "podman", "runc", "skopeo", "clang", "ld.lld"];

    /// <summary>The machine's class.</summary>
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} processors ({RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}), "
        + $"{Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1L << 30)):0} GiB of memory, {Distribution()}, Linux {Kernel()}");

    /// <summary>The versions of what is measured and of what it is measured with.</summary>
    /// <param name="workshop">Knows that of the .NET SDK.</param>
    public static IReadOnlyList<string> Versions(Workshop workshop) =>
    [
        $".NET SDK {workshop.SdkVersion}",
        $"runtime {Environment.Version}",
        .. Telling.Select(p => $"{p} {Number(Workshop.Run("/", p, "--version"))}"),
        $"docker-registry {Number(Workshop.Run("/", "docker-registry", "--version"))}",
    ];

    private static string Number(string text) => Version().Match(text) is { Success: true } match ? match.Value : "of an unknown version";

    private static string Kernel() => Environment.OSVersion.Version.ToString(2);

    private static string Distribution() => File.ReadLines("/etc/os-release")
        .FirstOrDefault(l => l.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))?["PRETTY_NAME=".Length..].Trim('"') ?? "Linux";

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?")]
    private static partial Regex Version();
}
