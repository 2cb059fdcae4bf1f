using Acme.Gateway_1;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Configuration.AddEdgeConfiguration();
builder.Services.AddSingleton<Readings>();
builder.Services.ConfigureHttpJsonOptions(o => o.SerializerOptions.TypeInfoResolverChain.Insert(0, GatewayJson.Default));

WebApplication app = builder.Build();
app.MapGet("/health", (IConfiguration configuration) => new Health("ok", configuration["Place"] ?? "unknown"));
app.MapGet("/readings", (Readings readings) => readings.Latest);
app.MapPost("/readings", (Reading reading, Readings readings) =>
{
    readings.Add(reading);
    return Results.Accepted();
});
app.Run();
