namespace EdgeSlim.Publishing;

/// <summary>A target that the build machine is not: it has another processor or another C library. Pure.</summary>
/// <param name="Triple">Its name, as compilers and Debian's folders have it.</param>
/// <param name="IsMusl">Whether its C library is musl.</param>
public sealed record CrossTarget(string Triple, bool IsMusl)
{
    /// <summary>Where Debian's musl-dev puts musl for the target.</summary>
    public string MuslFolder => "/usr/lib/" + Triple;

    /// <summary>The target of a publish, by the AOT compiler's own rule.</summary>
    /// <param name="runtimeIdentifier">The target's runtime identifier.</param>
    /// <param name="hostRuntimeIdentifier">The build machine's.</param>
    /// <returns>The target; null where it is the build machine.</returns>
    public static CrossTarget? Of(string runtimeIdentifier, string hostRuntimeIdentifier)
    {
        if (runtimeIdentifier == hostRuntimeIdentifier)
        {
            return null;
        }

        bool isMusl = runtimeIdentifier.Contains("musl", StringComparison.Ordinal);
        string libc = isMusl ? "musl" : "gnu";
        return new CrossTarget(
            Architecture(runtimeIdentifier) switch
            {
                "arm64" => $"aarch64-linux-{libc}",
                "arm" => $"arm-linux-{libc}eabihf",
                _ => $"x86_64-linux-{libc}",
            },
            isMusl);
    }

    /// <summary>The processor in a runtime identifier.</summary>
    /// <param name="runtimeIdentifier">Such as <c>linux-musl-x64</c>.</param>
    /// <returns>Such as <c>x64</c>.</returns>
    public static string Architecture(string runtimeIdentifier) =>
        runtimeIdentifier[(runtimeIdentifier.LastIndexOf('-') + 1)..];
}
