namespace EdgeSlim.Bench.Applications;

/// <summary>The applications that are measured: the kinds that people put on devices.</summary>
internal static class KnownApplications
{
    private const string Web = "Microsoft.NET.Sdk.Web";

    public static IReadOnlyList<BenchApplication> All { get; } =
    [
        new(
            "console",
            "console application",
            "Microsoft.NET.Sdk",
            """
            Console.WriteLine($"Hello from {Environment.UserName} in {Environment.CurrentDirectory}, .NET {Environment.Version}");
            """)
        {
            // For the growth curves; there is none to begin with.
            Items = """<None Include="data/**" CopyToPublishDirectory="PreserveNewest" />""",
        },
        new(
            "worker",
            "worker service",
            "Microsoft.NET.Sdk.Worker",
            """
            HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
            builder.Services.AddHostedService<Sensor>();
            builder.Build().Run();

            internal sealed class Sensor(ILogger<Sensor> logger, IConfiguration configuration) : BackgroundService
            {
                protected override async Task ExecuteAsync(CancellationToken stoppingToken)
                {
                    using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
                    do
                    {
                        logger.LogInformation("Reading at the {Place}", configuration["Place"]);
                    }
                    while (await timer.WaitForNextTickAsync(stoppingToken));
                }
            }
            """)
        {
            Items = """<PackageReference Include="Microsoft.Extensions.Hosting" Version="10.0.12" />""",
            ReadyText = "Reading at the",
        },
        new(
            "web",
            "web API",
            Web,
            """
            var app = WebApplication.CreateSlimBuilder(args).Build();
            app.MapGet("/twice/{number:int}", (int number) => Results.Text($"{2 * number}"));
            app.Run();
            """)
        {
            ReadyPath = "/twice/21",
        },
        new(
            "https",
            "web API with an https client",
            Web,
            """
            using System.Text.Json.Serialization;

            var builder = WebApplication.CreateSlimBuilder(args);
            builder.Services.ConfigureHttpJsonOptions(o => o.SerializerOptions.TypeInfoResolverChain.Insert(0, Json.Default));
            var app = builder.Build();
            using HttpClient client = new();
            app.MapPost("/reading", (Reading reading) => reading with { Value = 2 * reading.Value });
            app.MapGet("/fetch", async (string url) => await client.GetStringAsync(url));
            app.MapGet("/twice/{number:int}", (int number) => Results.Text($"{2 * number}"));
            app.Run();

            internal sealed record Reading(string Name, double Value);

            [JsonSerializable(typeof(Reading))]
            internal sealed partial class Json : JsonSerializerContext;
            """)
        {
            ReadyPath = "/twice/21",
        },
        new(
            "files",
            "self-contained web application of more than 300 files",
            Web,
            """
            var app = WebApplication.CreateBuilder(args).Build();
            app.MapGet("/twice/{number:int}", (int number) => $"{2 * number}");
            app.Run();
            """)
        {
            IsSelfContained = true,
            ReadyPath = "/twice/21",
        },
    ];
}
