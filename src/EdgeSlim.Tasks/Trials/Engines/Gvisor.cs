namespace EdgeSlim.Trials.Engines;

/// <summary>
/// What gVisor's runtime needs beside what all runtimes get. The application's system calls end in its own kernel in user
/// space, and so does its network.
/// </summary>
internal static class Gvisor
{
    /// <summary>Lets the sandbox use the sockets of the container's network, whose loopback can be reached from outside.</summary>
    public const string ContainerNetwork = "network=host";

    /// <summary>Leaves control groups alone, where it cannot use those of the machine; no limit is held then.</summary>
    public const string NoControlGroups = "ignore-cgroups";

    /// <summary>Holds the application to the seccomp profile within its own kernel.</summary>
    public const string Seccomp = "oci-seccomp";

    /// <summary>Whether a runtime is gVisor's.</summary>
    /// <param name="runtime">Its name or path.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsRuntime(string? runtime) =>
        runtime is not null && Path.GetFileName(runtime).StartsWith("runsc", StringComparison.Ordinal);
}
