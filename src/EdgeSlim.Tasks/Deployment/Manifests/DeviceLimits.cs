using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeSlim.Diagnostics;
using EdgeSlim.Trials;

namespace EdgeSlim.Deployment.Manifests;

/// <summary>What the application needs as trials under load have found it: <c>limits.json</c>.</summary>
public sealed partial record DeviceLimits
{
    /// <summary>What is kept for it.</summary>
    public required DeviceAmounts Requests { get; init; }

    /// <summary>What it may use.</summary>
    public required DeviceAmounts Limits { get; init; }

    /// <summary>Environment variables that it did best with.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>Reads the file, or takes the limits of the trial where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cpuLimit">EdgeCpuLimit.</param>
    /// <param name="memoryLimit">EdgeMemoryLimit.</param>
    /// <returns>The limits.</returns>
    /// <exception cref="EdgeException">The file cannot be understood (EDGE7005), or an amount cannot (EDGE6003).</exception>
    public static DeviceLimits Read(string path, string cpuLimit, string memoryLimit)
    {
        if (!File.Exists(path))
        {
            int cpu = Quantity.MilliCpus("EdgeCpuLimit", cpuLimit);
            // Memory cannot be taken back from an application, processor time can.
            return new DeviceLimits
            {
                Requests = new DeviceAmounts(Cpu(Math.Max(1, cpu / 10)), Memory(Quantity.Memory("EdgeMemoryLimit", memoryLimit))),
                Limits = new DeviceAmounts(Cpu(cpu), Memory(Quantity.Memory("EdgeMemoryLimit", memoryLimit))),
            };
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), LimitsJson.Default.DeviceLimits) ?? throw new JsonException("The document is null.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new EdgeException(e, DiagnosticCodes.LimitsUnreadable, path, e.Message);
        }
    }

    /// <summary>The amounts in Kubernetes' quantities.</summary>
    /// <returns>They.</returns>
    /// <exception cref="EdgeException">One is none (EDGE6003).</exception>
    public WorkloadResources ToResources() => new(
        Cpu(Quantity.MilliCpus("limits.json: requests.cpu", Requests.Cpu)),
        Memory(Quantity.Memory("limits.json: requests.memory", Requests.Memory)),
        Cpu(Quantity.MilliCpus("limits.json: limits.cpu", Limits.Cpu)),
        Memory(Quantity.Memory("limits.json: limits.memory", Limits.Memory)));

    private static string Cpu(int milli) => string.Create(CultureInfo.InvariantCulture, $"{milli}m");

    private static string Memory(long bytes) =>
        bytes % (1 << 20) == 0 ? string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20}Mi")
        : bytes % (1 << 10) == 0 ? string.Create(CultureInfo.InvariantCulture, $"{bytes >> 10}Ki")
        : bytes.ToString(CultureInfo.InvariantCulture);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true)]
    [JsonSerializable(typeof(DeviceLimits))]
    private sealed partial class LimitsJson : JsonSerializerContext;
}

/// <summary>Processor time and memory.</summary>
/// <param name="Cpu">Such as <c>250m</c>.</param>
/// <param name="Memory">Such as <c>48Mi</c>.</param>
public sealed record DeviceAmounts(string Cpu, string Memory);
