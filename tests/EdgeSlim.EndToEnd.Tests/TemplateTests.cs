namespace EdgeSlim.Tests;

/// <summary>Projects that <c>dotnet new</c> makes, published and run as they are.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class TemplateTests
{
    private static readonly TemporaryFolder Folder = new();

    [ClassInitialize]
    public static void Install(TestContext context)
    {
        _ = context;
        New("install", PackedSdk.Templates);
    }

    [ClassCleanup]
    public static void Remove() => Folder.Dispose();

    [TestMethod]
    [DataRow("edgeagent", "my-agent", "Agent.cs", "namespace my_agent;")]
    [DataRow("edgegateway", "Oslo.Gate", "Readings.cs", "namespace Oslo.Gate;")]
    public void A_project_is_made_and_builds_without_a_warning(string template, string name, string file, string line)
    {
        using AgentProject project = Create(template, name);
        Assert.Contains(line, File.ReadAllText(Path.Combine(project.Folder, file)));
        project.Dotnet("build", "-tl:off", "-warnaserror").Succeeds();
    }

    [TestMethod]
    [Rotating(0)]
    public void An_agent_is_made_published_and_works()
    {
        using AgentProject project = Create("edgeagent", "my-agent");
        using DeliveredImage image = DeliveredImage.Of(project, project.Commit());
        using MountedFolder folder = new();
        folder.Update(("appsettings.Production.json", """{ "Place": "mast", "Interval": 1 }"""));
        using RunningImage agent = new(image.Reference, ["-v", $"{folder.Path}:/etc/my-agent:ro"], ["--Interval=1"]);
        agent.Says("Reading 2 at the mast");
        Assert.AreEqual(0, agent.Stop().ExitCode);
    }

    [TestMethod]
    [Rotating(1)]
    public void A_gateway_is_made_published_and_works()
    {
        using AgentProject project = Create("edgegateway", "Oslo.Gate");
        using DeliveredImage image = DeliveredImage.Of(project, project.Commit(), "-p:EdgeTrial=auto");
        using RunningImage gateway = new(image.Reference, [], ["--Place=harbour"]);
        Assert.AreEqual("""{"status":"ok","place":"harbour"}""", gateway.Get("/health"));
        gateway.Post("/readings", """{"sensor":"roof","value":21.5}""");
        Assert.AreEqual("""[{"sensor":"roof","value":21.5}]""", gateway.Get("/readings"));
        Assert.AreEqual(0, gateway.Stop().ExitCode);
    }

    private static AgentProject Create(string template, string name)
    {
        AgentProject project = new(name);
        project.Environment.Remove("EnableNETAnalyzers");
        File.Delete(Path.Combine(project.Folder, $"{name}.csproj"));
        File.Delete(Path.Combine(project.Folder, "Program.cs"));
        File.Delete(Path.Combine(project.Folder, ".gitignore"));
        New(template, "-n", name, "-o", project.Folder);
        return project;
    }

    private static void New(params string[] arguments) => Command.Run(
        Folder.Path, "dotnet", ["new", .. arguments, "--debug:custom-hive", Folder["hive"]]).Succeeds();
}
