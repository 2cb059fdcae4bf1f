using System.Globalization;
using EdgeSlim.Diagnostics;
using EdgeSlim.Registry;
using EdgeSlim.Registry.Credentials;

namespace EdgeSlim.Tasks;

/// <summary>What the tasks that talk to registries share: how to reach one.</summary>
public abstract class RegistryTask : EdgeTask
{
    /// <summary>ContainerRegistry: registries between semicolons, of which the first is the one that the credentials of the
    /// environment are for; empty for none.</summary>
    public string ContainerRegistry { get; set; } = "";

    /// <summary>EdgeInsecureRegistries.</summary>
    public string InsecureRegistries { get; set; } = "";

    /// <summary>EdgeRegistryTimeout, in seconds.</summary>
    public string RegistryTimeout { get; set; } = "";

    /// <summary>EdgeRegistryCaFile; empty for none.</summary>
    public string CaFile { get; set; } = "";

    /// <summary>EdgeBaseMirror, for tasks that pull.</summary>
    public string Mirror { get; set; } = "";

    /// <summary>EdgeRegistryMirrors, for tasks that pull.</summary>
    public string Mirrors { get; set; } = "";

    /// <summary>EdgeRegistryParallelism.</summary>
    public string Parallelism { get; set; } = "";

    /// <summary>EdgeUploadChunkSize, in bytes.</summary>
    public string ChunkSize { get; set; } = "";

    /// <summary>EdgeCacheDir; empty for the usual place.</summary>
    public string CacheDir { get; set; } = "";

    /// <summary>The registries that the image is pushed to.</summary>
    /// <returns>The registries, each once.</returns>
    /// <exception cref="EdgeException">ContainerRegistry holds something that is not a registry (EDGE4005).</exception>
    protected IReadOnlyList<RegistryName> ReadDeliveryRegistries() =>
    [
        .. ContainerRegistry
            .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(RegistryName.Parse)
            .Distinct(),
    ];

    /// <summary>The registry that the unqualified credentials are for: the first that the image is pushed to.</summary>
    /// <returns>The registry; null for none.</returns>
    /// <exception cref="EdgeException">ContainerRegistry holds something that is not a registry (EDGE4005).</exception>
    protected RegistryName? ReadDeliveryRegistry() => ReadDeliveryRegistries() is [RegistryName first, ..] ? first : null;

    /// <summary>What is remembered of the blobs of registries.</summary>
    /// <returns>What is remembered.</returns>
    protected KnownBlobs ReadKnownBlobs() => KnownBlobs.In(CacheDir, Environment.GetEnvironmentVariable);

    /// <summary>How registries are talked to, checked.</summary>
    /// <returns>The options.</returns>
    /// <exception cref="EdgeException">
    /// A number cannot be understood (EDGE9004), or the file of authorities cannot be read (EDGE4014).
    /// </exception>
    protected RegistryOptions ReadOptions() => new()
    {
        InsecureRegistries = Registry.InsecureRegistries.Read(InsecureRegistries, Environment.GetEnvironmentVariable),
        Timeout = ReadTimeout(),
        Authorities = CertificateAuthorities.Read(CaFile),
        Parallelism = (int)ReadNumber("EdgeRegistryParallelism", Parallelism, new RegistryOptions().Parallelism, 1, 64),
        ChunkSize = ReadNumber("EdgeUploadChunkSize", ChunkSize, new RegistryOptions().ChunkSize, 64 * 1024, int.MaxValue),
        Diagnostics = Diagnostics,
    };

    /// <summary>Makes the client of a registry.</summary>
    /// <param name="name">The registry.</param>
    /// <param name="delivery">The registry that the image is pushed to, which the unqualified credentials are for.</param>
    /// <param name="options">How it is talked to.</param>
    /// <returns>The client, which the caller closes.</returns>
    protected static RegistryClient Connect(RegistryName name, RegistryName? delivery, RegistryOptions options) =>
        new(name, CredentialChain.Default(Environment.GetEnvironmentVariable, delivery), options);

    private static long ReadNumber(string property, string value, long byDefault, long smallest, long largest)
    {
        if (value.Length == 0)
        {
            return byDefault;
        }

        return long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            && number >= smallest && number <= largest
            ? number
            : throw new EdgeException(
                DiagnosticCodes.InvalidPropertyValue, property, value, $"a whole number from {smallest} to {largest}");
    }

    private TimeSpan ReadTimeout()
    {
        if (RegistryTimeout.Length == 0)
        {
            return new RegistryOptions().Timeout;
        }

        bool isTime = double.TryParse(
            RegistryTimeout, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds);
        return isTime && seconds is > 0 and < 86_400
            ? TimeSpan.FromSeconds(seconds)
            : throw new EdgeException(
                DiagnosticCodes.InvalidPropertyValue,
                "EdgeRegistryTimeout",
                RegistryTimeout,
                "a number of seconds above 0");
    }
}
