namespace EdgeSlim.Tests;

/// <summary>Which base the properties name.</summary>
[TestClass]
public sealed class BaseTests
{
    private const string Show = """
        <Target Name="Show" DependsOnTargets="_EdgeSlimBaseUse">
          <Message Importance="high" Text="shown: $(_EdgeSlimAskedBase)|$(_EdgeSlimNextBase)|$(_EdgeSlimBaseUse)|$(_EdgeSlimBaseMayBeShort)|$(_EdgeSlimAskedReason)" />
        </Target>
        """;

    [TestMethod]
    [DataRow("", "|chiseled|static|true|")]
    [DataRow("-p:StaticExecutable=false", "|chiseled|aot|true|")]
    [DataRow("-p:EdgeMode=trimmed", "|chiseled|selfcontained|true|")]
    [DataRow("-p:EdgeMode=framework", "|chiseled|runtime|true|")]
    [DataRow("-p:EdgeBase=Scratch", "scratch|chiseled|static|true|asked for by EdgeBase")]
    [DataRow("-p:EdgeBase=SLICED", "sliced|chiseled|static|true|asked for by EdgeBase")]
    [DataRow("-p:EdgeBase=ubuntu -p:ContainerBaseImage=debian:12", "ubuntu|chiseled|static|true|asked for by EdgeBase")]
    [DataRow("-p:EdgeBase=auto -p:ContainerBaseImage=debian:12", "debian:12|chiseled|static||asked for by ContainerBaseImage")]
    [DataRow("-p:ContainerFamily=noble", "mcr.microsoft.com/dotnet/runtime-deps:10.0-noble|chiseled|static||asked for by ContainerFamily")]
    [DataRow("-p:ContainerFamily=noble -p:EdgeMode=framework", "mcr.microsoft.com/dotnet/runtime:10.0-noble|chiseled|runtime||asked for by ContainerFamily")]
    [DataRow("-p:EdgeMode=trimmed -p:RuntimeIdentifier=linux-musl-x64", "|alpine|selfcontained|true|")]
    public void The_first_that_names_a_base_wins(string arguments, string expected)
    {
        using EvaluatedProject project = new(body: Show);

        string output = project.Build(
            "Show", [EvaluatedProject.Publishing, .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).Succeeds().Output;

        Assert.Contains("shown: " + expected, output);
    }

    [TestMethod]
    public void A_web_application_without_its_runtime_needs_that_of_ASP_NET_Core()
    {
        using EvaluatedProject project = new(body: Show, sdk: "Microsoft.NET.Sdk.Web");

        Assert.Contains("shown: |chiseled|aspnet|", project.Build("Show", EvaluatedProject.Publishing, "-p:EdgeMode=framework").Succeeds().Output);
        Assert.Contains(
            "shown: mcr.microsoft.com/dotnet/aspnet:10.0-alpine|chiseled|",
            project.Build("Show", EvaluatedProject.Publishing, "-p:EdgeMode=framework", "-p:ContainerFamily=alpine").Succeeds().Output);
    }

    [TestMethod]
    public void A_project_that_brings_no_runtime_is_in_framework_mode()
    {
        using EvaluatedProject project = new();
        IReadOnlyDictionary<string, string> seen = project.Properties(
            [EvaluatedProject.Publishing, "-p:EdgeMode=framework"], "PublishAot", "SelfContained", "RuntimeIdentifier");

        Assert.AreNotEqual("true", seen["PublishAot"]);
        Assert.AreEqual("false", seen["SelfContained"]);
        Assert.StartsWith("linux-", seen["RuntimeIdentifier"]);
    }

    [TestMethod]
    public void A_project_on_scratch_has_nothing_to_lock()
    {
        using EvaluatedProject project = new();

        Assert.Contains("no base image that could be locked", project.Build("EdgeUpdateBase").Succeeds().Output);
        Assert.IsFalse(File.Exists(Path.Combine(project.Folder, "edge.lock.json")));
    }

    [TestMethod]
    public void A_base_that_cannot_be_looked_up_leaves_the_lock_file_as_it_was()
    {
        using EvaluatedProject project = new();
        project.Write("edge.lock.json", """{ "version": 1, "bases": [] }""");

        project.Build("EdgeUpdateBase", "-p:EdgeBase=127.0.0.1:1/base:1", "-p:EdgeRegistryTimeout=2").FailsWith("EDGE4001");

        Assert.AreEqual("""{ "version": 1, "bases": [] }""", File.ReadAllText(Path.Combine(project.Folder, "edge.lock.json")));
    }
}
