namespace EdgeSlim.Tests;

/// <summary>A worker service with configuration, logging and dependency injection.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
[Rotating(6)]
public sealed class WorkerTests
{
    [TestMethod]
    public void A_worker_does_its_work_ends_when_asked_and_is_small()
    {
        using AgentProject project = new AgentProject(
            "Worker",
            sdk: "Microsoft.NET.Sdk.Worker",
            items: "<PackageReference Include=\"Microsoft.Extensions.Hosting\" Version=\"10.0.12\" />",
            code: """
                HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
                builder.Services.AddHostedService<Sensor>();
                builder.Build().Run();

                internal sealed class Sensor(ILogger<Sensor> logger, IConfiguration configuration) : BackgroundService
                {
                    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
                    {
                        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
                        for (int i = 1; await timer.WaitForNextTickAsync(stoppingToken); i++)
                        {
                            logger.LogInformation("Reading {Number} at the {Place} of the {House}", i, configuration["Place"], configuration["House"]);
                        }
                    }
                }
                """).WithSmallestLayers();
        project.Write("appsettings.json", """{ "House": "barn" }""");
        string commit = project.Commit();
        using (DeliveredImage image = DeliveredImage.Of(project, commit))
        {
            Works(image);
            Assert.IsLessThanOrEqualTo(2_800_000, image.CompressedBytes);
        }

        using (DeliveredImage image = DeliveredImage.Of(project, commit, "-p:EdgeOptimize=Extreme"))
        {
            Works(image);
            Assert.IsLessThanOrEqualTo(2_500_000, image.CompressedBytes);
        }
    }

    private static void Works(DeliveredImage image)
    {
        using RunningImage worker = new(image.Reference, "-e", "Place=roof");
        worker.Says("Reading 3 at the roof of the barn");
        CommandResult result = worker.Stop();
        Assert.AreEqual(0, result.ExitCode, result.Output);
        Assert.Contains("Application is shutting down", result.Output);
    }
}
