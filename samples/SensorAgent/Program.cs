using SensorAgent.Modules;

HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { Args = args });
builder.Configuration.AddEnvironmentVariables("SENSOR_");
builder.Logging.AddSimpleConsole();

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
