using SensorAgent.Modules;

HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { Args = args });
builder.Configuration.AddEnvironmentVariables("SENSOR_");
builder.Logging.AddSimpleConsole();

builder.Services.AddHostedService<DeviceMonitor>();
builder.Services.AddHostedService<LogCollector>();
builder.Services.AddHostedService<TraceSampler>();

builder.Build().Run();
