using EdgeSlim.Bench.Applications;
using EdgeSlim.Bench.Setup;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;
using EdgeSlim.Trials;

namespace EdgeSlim.Bench.Measuring;

/// <summary>
/// Starts images in containers and looks at them as EdgeSlim's trials do: from the start of the application's process until
/// it is ready, and the most memory that its control group held.
/// </summary>
internal static class Starts
{
    /// <summary>The limits of all containers: those of a small device.</summary>
    public const long MemoryBytes = 128 * 1024 * 1024;

    /// <summary>Pulls an image for <see cref="Measure"/>.</summary>
    /// <param name="reference">The image.</param>
    /// <param name="folder">Where to.</param>
    public static void Pull(string reference, string folder)
    {
        Workshop.Delete(folder);
        Workshop.Run("/", "skopeo", "copy", "-q", "--src-tls-verify=false", $"docker://{reference}", $"oci:{folder}:1");
    }

    /// <summary>Starts an image once.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="application">The application in it.</param>
    /// <returns>How long until it was ready, in milliseconds, and its peak memory, in bytes.</returns>
    public static (double Milliseconds, long PeakBytes) Measure(string folder, BenchApplication application)
    {
        TrialSettings settings = new()
        {
            // Microsoft's base images say the port; the one of Debian's packages does not.
            Profile = new TrialProfile
            {
                MilliCpus = 1000,
                MemoryBytes = MemoryBytes,
                Environment = new Dictionary<string, string> { ["ASPNETCORE_HTTP_PORTS"] = "8080" },
            },
            Readiness = new Readiness
            {
                HttpPath = application.ReadyPath,
                Port = application.ReadyPath is null ? null : 8080,
                LogPattern = application.ReadyText,
                Exits = application.ReadyPath is null && application.ReadyText is null,
            },
            Limits = new TrialLimits(TimeSpan.MaxValue, long.MaxValue, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60)),
        };
        MachineTools tools = new(Environment.GetEnvironmentVariable("PATH") ?? "");
        TrialSubject subject = TrialSubject.FindAsync(
            new ImageLayout(folder), "podman", runtime: null, isRequired: true, tools, new Silence(), CancellationToken.None).GetAwaiter().GetResult()!;
        TrialOutcome outcome = new Trier(subject, new Silence()).TryAsync(settings, CancellationToken.None).GetAwaiter().GetResult();
        return outcome.Result is { StartupMilliseconds: double milliseconds, PeakMemoryBytes: long peak }
            ? (milliseconds, peak)
            : throw new InvalidOperationException(
                $"{application.Key} was not ready: {string.Join("; ", outcome.Failures.Select(f => f.ToString()))}\n{string.Join('\n', outcome.LastLines)}");
    }

    private sealed class Silence : IDiagnosticSink
    {
        public void Report(Diagnostic diagnostic)
        {
        }
    }
}
