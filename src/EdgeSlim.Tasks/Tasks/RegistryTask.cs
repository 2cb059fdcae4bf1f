using System.Globalization;
using EdgeSlim.Diagnostics;
using EdgeSlim.Registry;
using EdgeSlim.Registry.Credentials;

namespace EdgeSlim.Tasks;

/// <summary>What the tasks that talk to registries share: how to reach one.</summary>
public abstract class RegistryTask : EdgeTask
{
    /// <summary>ContainerRegistry, which the credentials of the environment are for; empty for none.</summary>
    public string ContainerRegistry { get; set; } = "";

    /// <summary>EdgeInsecureRegistries.</summary>
    public string InsecureRegistries { get; set; } = "";

    /// <summary>EdgeRegistryTimeout, in seconds.</summary>
    public string RegistryTimeout { get; set; } = "";

    /// <summary>The registry that the image is pushed to.</summary>
    /// <returns>The registry; null for none.</returns>
    /// <exception cref="EdgeException">ContainerRegistry is not a registry (EDGE4005).</exception>
    protected RegistryName? ReadDeliveryRegistry() =>
        ContainerRegistry.Length > 0 ? RegistryName.Parse(ContainerRegistry) : null;

    /// <summary>How registries are talked to, checked.</summary>
    /// <returns>The options.</returns>
    /// <exception cref="EdgeException">EdgeRegistryTimeout is not a time (EDGE9004).</exception>
    protected RegistryOptions ReadOptions() => new()
    {
        InsecureRegistries = Registry.InsecureRegistries.Read(InsecureRegistries, Environment.GetEnvironmentVariable),
        Timeout = ReadTimeout(),
    };

    /// <summary>Makes the client of a registry.</summary>
    /// <param name="name">The registry.</param>
    /// <param name="delivery">The registry that the image is pushed to, which the unqualified credentials are for.</param>
    /// <param name="options">How it is talked to.</param>
    /// <returns>The client, which the caller closes.</returns>
    protected static RegistryClient Connect(RegistryName name, RegistryName? delivery, RegistryOptions options) =>
        new(name, CredentialChain.Default(Environment.GetEnvironmentVariable, delivery), options);

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
