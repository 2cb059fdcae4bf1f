using System.Globalization;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Trials.Stress;

/// <summary>Reads what the load is. Looks whether the file of the body is there.</summary>
public static class StressReader
{
    private const string None = "none";

    /// <summary>Reads where and how often.</summary>
    /// <param name="path">EdgeStressPath, or what the trial asks for; empty for the root.</param>
    /// <param name="port">EdgeStressPort, or the port that the trial asks; empty for that which the image exposes.</param>
    /// <param name="rate">EdgeStressRate.</param>
    /// <param name="image">The image's settings.</param>
    /// <returns>The load.</returns>
    /// <exception cref="EdgeException">A value cannot be read (EDGE6003).</exception>
    public static StressLoad Load(string path, string port, string rate, ContainerConfig? image)
    {
        string asked = path.Length == 0 ? "/" : path;
        if (!asked.StartsWith('/'))
        {
            throw new EdgeException(DiagnosticCodes.InvalidQuantity, "EdgeStressPath", path, "a path, such as /readings");
        }

        return double.TryParse(rate, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double perSecond)
            && perSecond is > 0 and <= 100_000
            ? new StressLoad(
                port.Length > 0 ? ReadinessReader.PortOf("EdgeStressPort", port) : ReadinessReader.ExposedPort(image), asked, perSecond)
            : throw new EdgeException(
                DiagnosticCodes.InvalidQuantity, "EdgeStressRate", rate, "a number of requests per second, above 0 and up to 100000");
    }

    /// <summary>Adds what the container is promised: never more than its limits, which engines and Kubernetes refuse.</summary>
    /// <param name="profile">The limits.</param>
    /// <param name="milliCpus">The share of processors; null for no promise.</param>
    /// <param name="memoryBytes">The memory; null for no promise.</param>
    /// <returns>The limits and what is promised.</returns>
    public static TrialProfile WithRequests(TrialProfile profile, int? milliCpus, long? memoryBytes) => profile with
    {
        RequestedMilliCpus = milliCpus is int cpus ? Math.Min(cpus, profile.MilliCpus) : null,
        RequestedMemoryBytes = memoryBytes is long memory ? Math.Min(memory, profile.MemoryBytes) : null,
    };

    /// <summary>Reads what is sent with each request.</summary>
    /// <param name="body">EdgeStressBody.</param>
    /// <param name="folder">What a relative path is relative to.</param>
    /// <returns>The file; null for none.</returns>
    /// <exception cref="EdgeException">It is not there (EDGE6003).</exception>
    public static string? BodyFile(string body, string folder)
    {
        if (body.Length == 0)
        {
            return null;
        }

        string file = Path.GetFullPath(Path.Combine(folder, body));
        return File.Exists(file)
            ? file
            : throw new EdgeException(DiagnosticCodes.InvalidQuantity, "EdgeStressBody", body, $"a file: there is no '{file}'");
    }

    /// <summary>Reads what is done beside the application.</summary>
    /// <param name="noise">EdgeStressNoise.</param>
    /// <returns>It.</returns>
    /// <exception cref="EdgeException">It is nothing that is known (EDGE6003).</exception>
    public static IReadOnlyList<StressNoise> Noise(string noise)
    {
        List<StressNoise> read = [];
        foreach (string name in noise.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!name.Equals(None, StringComparison.OrdinalIgnoreCase))
            {
                read.Add(Enum.GetNames<StressNoise>().Contains(name, StringComparer.OrdinalIgnoreCase)
                    ? Enum.Parse<StressNoise>(name, ignoreCase: true)
                    : throw new EdgeException(
                        DiagnosticCodes.InvalidQuantity, "EdgeStressNoise", noise, "'none', or some of cpu, memory and io"));
            }
        }

        return [.. read.Distinct()];
    }
}
