using System.Globalization;
using EdgeSlim.Diagnostics;
using EdgeSlim.Registry;
using EdgeSlim.Registry.Credentials;

namespace EdgeSlim.Tasks;

/// <summary>What the tasks that talk to registries share: how to reach one.</summary>
public abstract class RegistryTask : EdgeTask
{
    /// <summary>EdgeInsecureRegistries.</summary>
    public string InsecureRegistries { get; set; } = "";

    /// <summary>EdgeRegistryTimeout, in seconds.</summary>
    public string RegistryTimeout { get; set; } = "";

    /// <summary>Makes the client of a registry.</summary>
    /// <param name="name">The registry.</param>
    /// <param name="delivery">The registry that the image is pushed to, which the unqualified credentials are for.</param>
    /// <returns>The client, which the caller closes.</returns>
    protected RegistryClient Connect(RegistryName name, RegistryName? delivery) => new(
        name,
        CredentialChain.Default(Environment.GetEnvironmentVariable, delivery),
        new RegistryOptions
        {
            InsecureRegistries =
                Registry.InsecureRegistries.Read(InsecureRegistries, Environment.GetEnvironmentVariable),
            Timeout = Timeout(),
        });

    private TimeSpan Timeout() =>
        RegistryTimeout.Length == 0 ? new RegistryOptions().Timeout
        : double.TryParse(RegistryTimeout, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)
            && seconds is > 0 and < 86_400
                ? TimeSpan.FromSeconds(seconds)
                : throw new EdgeException(
                    DiagnosticCodes.InvalidPropertyValue,
                    "EdgeRegistryTimeout",
                    RegistryTimeout,
                    "a number of seconds above 0");
}
