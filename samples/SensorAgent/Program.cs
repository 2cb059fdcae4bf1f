using SensorAgent.Etcd;
using SensorAgent.Modules;

HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
builder.Configuration.AddEnvironmentVariables("SENSOR_").AddCommandLine(args);
builder.Configuration.AddEdgeConfiguration();
builder.Logging.AddSimpleConsole();

if (EdgeModules.Etcd)
{
    builder.Configuration.AddEtcd();
}

if (EdgeModules.Monitor)
{
    builder.Services.AddHostedService<DeviceMonitor>();
}

if (EdgeModules.LogCollector)
{
    builder.Services.AddHostedService<LogCollector>();
}

if (EdgeModules.TraceSampler)
{
    builder.Services.AddHostedService<TraceSampler>();
}

builder.Build().Run();
