namespace EdgeSlim.Tests;

/// <summary>Applications that find their runtime in the base.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class FrameworkModeTests
{
    private const string Code = "Console.WriteLine($\"{System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription} {typeof(object).Assembly.Location}\");";

    [TestMethod]
    public void An_application_runs_on_the_runtime_of_its_base_with_its_executable_and_without()
    {
        using AgentProject project = new("Shared", code: Code);
        string tag = project.Commit()[..12];

        project.EdgeImage([.. RuntimeBase.Options, "-p:EdgeLoad=true"]).Succeeds();
        Assert.Contains("/usr/share/dotnet/shared/Microsoft.NETCore.App/", Run("shared", tag));
        string facts = File.ReadAllText(Path.Combine(project.EdgeFolder, "facts.json"));
        Assert.Contains("\"dotnetRoot\": \"/usr/share/dotnet\"", facts);
        Assert.DoesNotContain("libcoreclr.so\"", facts.Split("\"excluded\"")[0]);

        project.EdgeImage([.. RuntimeBase.Options, "-p:EdgeLoad=true", "-p:UseAppHost=false"]).Succeeds();
        Assert.Contains("/usr/share/dotnet/shared/Microsoft.NETCore.App/", Run("shared", tag));
        string config = Command.Run("/", "skopeo", "inspect", "--config", $"oci:{project.Layout}:{tag}").Succeeds().Output;
        Assert.Contains("/usr/share/dotnet/dotnet", config);
        Assert.Contains("Shared.dll", config);
    }

    [TestMethod]
    [Rotating(14)]
    public void A_runtime_elsewhere_is_found_and_a_web_application_needs_that_of_ASP_NET_Core()
    {
        using TemporaryFolder folder = new();
        GlibcBase.Create(folder["none"]);
        using AgentProject project = new(
            "Site",
            "<EdgeMode>framework</EdgeMode>",
            code: "var app = WebApplication.CreateSlimBuilder(args).Build(); Console.WriteLine(\"built\"); await app.DisposeAsync();",
            sdk: "Microsoft.NET.Sdk.Web");
        string tag = project.Commit()[..12];

        string none = project.EdgeImage($"-p:EdgeBase=oci:{folder["none"]}").FailsWith("EDGE2069").Output;
        Assert.Contains("has no .NET runtime", none);
        string lacking = project.EdgeImage($"-p:EdgeBase=oci:{RuntimeBase.Layout}").FailsWith("EDGE2069").Output;
        Assert.Contains("Microsoft.AspNetCore.App 10.", lacking);
        project.EdgeImage("-p:EdgeBase=distroless").FailsWith("EDGE2063");

        BaseImages.Runtime(folder["aspnet"], "/usr/lib/dotnet", isWeb: true);
        project.EdgeImage($"-p:EdgeBase=oci:{folder["aspnet"]}", "-p:EdgeLoad=true").Succeeds();
        Assert.Contains("built", Run("site", tag));
        Assert.Contains(
            "DOTNET_ROOT=/usr/lib/dotnet", Command.Run("/", "skopeo", "inspect", "--config", $"oci:{project.Layout}:{tag}").Succeeds().Output);
    }

    private static string Run(string name, string tag)
    {
        string image = $"localhost/{name}:{tag}";
        try
        {
            return Podman.RunWith(["--network=none", "--read-only", "--memory=128m"], image).Succeeds().Output;
        }
        finally
        {
            Podman.Remove(image);
        }
    }
}
