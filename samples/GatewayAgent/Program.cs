using GatewayAgent;

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Services.ConfigureHttpJsonOptions(o => o.SerializerOptions.TypeInfoResolverChain.Insert(0, GatewayJson.Default));

GatewayOptions options = new(
    new Uri(builder.Configuration["Gateway:Upstream"] ?? "https://localhost:8443/readings"),
    (builder.Configuration["Gateway:Drop"] ?? "debug.").Split(',', StringSplitOptions.RemoveEmptyEntries));
builder.Services.AddSingleton(new ReadingFilter(options.Drop));
builder.Services.AddSingleton(new Upstream(new HttpClient { Timeout = TimeSpan.FromSeconds(10) }, options.Upstream));

WebApplication app = builder.Build();
app.MapGet("/health", (Upstream upstream) => new Health("ok", upstream.Forwarded, upstream.Failed));
app.MapPost("/readings", async (Reading[] readings, ReadingFilter filter, Upstream upstream, CancellationToken cancellationToken) =>
{
    Reading[] wanted = [.. readings.Where(r => filter.Takes(r.Sensor))];
    bool forwarded = wanted.Length == 0 || await upstream.SendAsync(wanted, cancellationToken);
    return forwarded ? Results.Accepted() : Results.StatusCode(StatusCodes.Status502BadGateway);
});
app.Run();
