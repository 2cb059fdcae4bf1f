using Acme.Agent_1;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Configuration.AddEdgeConfiguration();
builder.Services.AddHostedService<Agent>();
builder.Build().Run();
