namespace SensorAgent.Etcd;

/// <summary>Settings from etcd. A setting <c>Server:Port</c> is the key <c>PREFIX/Server/Port</c>.</summary>
/// <param name="Endpoint">The address of etcd, or of its gateway.</param>
/// <param name="Prefix">What the keys begin with; it ends in a slash.</param>
/// <param name="Cache">The file with the values that were known last.</param>
internal sealed record EtcdSource(Uri Endpoint, string Prefix, string Cache) : IConfigurationSource
{
    public IConfigurationProvider Build(IConfigurationBuilder builder) =>
        new EtcdProvider(new EtcdClient(Endpoint, Prefix), new LastKnownValues(Cache), Console.Error.WriteLine);
}

internal static class EtcdExtensions
{
    /// <summary>Adds etcd, where the configuration so far has <c>Etcd:Endpoint</c>: above files, below variables and arguments.</summary>
    public static void AddEtcd(this ConfigurationManager configuration)
    {
        if (configuration["Etcd:Endpoint"] is { Length: > 0 } endpoint)
        {
            configuration.AddBelowEnvironment(new EtcdSource(
                new Uri(endpoint),
                (configuration["Etcd:Prefix"] ?? "/sensoragent").TrimEnd('/') + "/",
                configuration["Etcd:Cache"] ?? Path.Combine(Path.GetTempPath(), "sensoragent-etcd.json")));
        }
    }
}
