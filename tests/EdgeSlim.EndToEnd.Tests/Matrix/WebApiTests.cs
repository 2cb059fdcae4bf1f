namespace EdgeSlim.Tests;

/// <summary>A minimal API that makes no connections itself.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
[Rotating(8)]
public sealed class WebApiTests
{
    [TestMethod]
    public void A_minimal_API_answers_on_the_port_that_the_image_exposes_and_is_small()
    {
        using AgentProject project = new AgentProject(
            "Web",
            sdk: "Microsoft.NET.Sdk.Web",
            code: """
                var app = WebApplication.CreateSlimBuilder(args).Build();
                app.MapGet("/who", () => Environment.UserName);
                app.MapGet("/twice/{number:int}", (int number) => Results.Text($"{2 * number}"));
                app.MapGet("/environment", () => $"{app.Environment.EnvironmentName} {app.Environment.IsDevelopment()}");
                app.MapGet("/processors", () => System.Runtime.GCSettings.IsServerGC ? "many" : "few");
                app.MapGet("/fails", string () => throw new InvalidOperationException("on purpose"));
                app.Run();
                """).WithSmallestLayers();
        string commit = project.Commit();
        using (DeliveredImage image = DeliveredImage.Of(project, commit, "-p:EdgeTrial=auto", "-p:EdgeTrialHttp=/twice/21"))
        {
            string facts = File.ReadAllText(Path.Combine(project.EdgeFolder, "facts.json"));
            Assert.Contains("\"readyWhen\": \"port 8080 answers HTTP requests for /twice/21\"", facts);
            Assert.Contains("\"peakMemoryBytes\": ", facts);
            string configuration = Command.Run("/", "podman", "inspect", image.Reference).Succeeds().Output;
            Assert.Contains("ASPNETCORE_HTTP_PORTS=8080", configuration);
            Assert.Contains("8080/tcp", configuration);
            Works(image);
            Assert.IsLessThanOrEqualTo(3_900_000, image.CompressedBytes);
        }

        using (DeliveredImage image = DeliveredImage.Of(project, commit, "-p:EdgeOptimize=Extreme"))
        {
            Works(image);
            Assert.IsLessThanOrEqualTo(3_600_000, image.CompressedBytes);
        }
    }

    private static void Works(DeliveredImage image)
    {
        // The environment of that name can be chosen, but what is done in it alone is not in the image.
        using RunningImage web = new(image.Reference, "-e", "ASPNETCORE_ENVIRONMENT=Development");
        Assert.AreEqual("nonroot", web.Get("/who"));
        Assert.AreEqual("42", web.Get("/twice/21"));
        Assert.AreEqual("Development False", web.Get("/environment"));
        Assert.AreEqual("few", web.Get("/processors"));
        HttpRequestException failure = Assert.ThrowsExactly<HttpRequestException>(() => web.Get("/fails"));
        Assert.AreEqual(System.Net.HttpStatusCode.InternalServerError, failure.StatusCode);
        Assert.AreEqual("42", web.Get("/twice/21"));
        CommandResult result = web.Stop();
        Assert.AreEqual(0, result.ExitCode, result.Output);
    }
}
