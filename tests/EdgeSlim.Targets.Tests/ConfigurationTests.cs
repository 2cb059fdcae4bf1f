using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>Which files are the configuration, and what of them is refused before anything is compiled.</summary>
[TestClass]
public sealed class ConfigurationTests
{
    private const string Exe = "<OutputType>Exe</OutputType><AssemblyName>Sensor.Agent</AssemblyName>";

    [TestMethod]
    public void Without_items_the_settings_of_production_are_the_configuration()
    {
        using EvaluatedProject project = new(Exe);
        Assert.IsEmpty(project.Items("EdgeConfigFile"));

        project.Write("appsettings.Production.json", "{}");
        project.Write("other.json", "{}");
        Assert.AreEqual("appsettings.Production.json", project.Items("EdgeConfigFile").Single());
        Assert.IsEmpty(project.Items("EdgeConfigFile", "-p:EdgeDefaultConfigFiles=false"));

        using EvaluatedProject own = new(Exe, body: "<ItemGroup><EdgeConfigFile Include=\"other.json\" /></ItemGroup>");
        own.Write("appsettings.Production.json", "{}");
        Assert.AreEqual("other.json", own.Items("EdgeConfigFile").Single());
    }

    [TestMethod]
    public void The_source_file_is_compiled_in_where_it_is_asked_for()
    {
        using EvaluatedProject project = new(Exe);
        string[] Compiled(params string[] arguments) => [.. project.Items("Compile", arguments).Select(f => Path.GetFileName(f))];

        Assert.DoesNotContain("EdgeConfiguration.cs", Compiled());
        Assert.Contains("EdgeConfiguration.cs", Compiled("-p:EdgeConfiguration=true"));

        // The code of the project calls it, in each of its builds.
        Assert.Contains("EdgeConfiguration.cs", Compiled([.. EvaluatedProject.OfTheUser, "-p:EdgeConfiguration=true"]));
        Assert.DoesNotContain("EdgeConfiguration.cs", Compiled([.. EvaluatedProject.OfTheUser, "-p:EdgeConfiguration=true", "-p:EdgeSlimEnabled=false"]));
        Assert.AreEqual("/etc/sensor.agent", project.Property("EdgeConfigFolder"));
        project.Build("_EdgeSlimCheckProperties", EvaluatedProject.Publishing, "-p:EdgeConfiguration=maybe").FailsWith("EDGE9004");
    }

    [TestMethod]
    public void What_was_read_is_left_for_the_stages_after_it()
    {
        using EvaluatedProject project = new(Exe, body: """
            <ItemGroup>
              <EdgeConfigFile Include="sites/oslo.json" Key="site.json" />
              <EdgeSecret Include="Mqtt__Password" Name="mqtt" Optional="true" />
            </ItemGroup>
            """);
        project.Write("sites/oslo.json", "{ \"Interval\": 5 }");
        project.Build("_EdgeSlimConfiguration", EvaluatedProject.Publishing).Succeeds();

        string file = Directory.GetFiles(project.Folder, "configuration.json", SearchOption.AllDirectories).Single();
        using JsonDocument left = JsonDocument.Parse(File.ReadAllBytes(file));
        Assert.AreEqual("site.json", left.RootElement.GetProperty("files")[0].GetProperty("key").GetString());
        Assert.AreEqual("sites/oslo.json", left.RootElement.GetProperty("files")[0].GetProperty("source").GetString());
        Assert.AreEqual("Mqtt__Password", left.RootElement.GetProperty("secrets")[0].GetProperty("key").GetString());
        Assert.IsTrue(left.RootElement.GetProperty("secrets")[0].GetProperty("isOptional").GetBoolean());
    }

    [TestMethod]
    [DataRow("<EdgeConfigFile Include=\"gone.json\" />", "EDGE7040")]
    [DataRow("<EdgeConfigFile Include=\"a/x.json;b/x.json\" />", "EDGE7043")]
    [DataRow("<EdgeConfigFile Include=\"broken.json\" />", "EDGE7045")]
    [DataRow("<EdgeSecret Include=\"Mqtt__Password\" />", "EDGE7046")]
    [DataRow("<EdgeSecret Include=\"Mqtt__Password\" Name=\"mqtt\" Optional=\"perhaps\" />", "EDGE9004")]
    public void What_cannot_be_used_is_one_error(string item, string code)
    {
        using EvaluatedProject project = new(Exe, body: $"<ItemGroup>{item}</ItemGroup>");
        project.Write("a/x.json", "{}");
        project.Write("b/x.json", "{}");
        project.Write("broken.json", "{\n  \"a\" 1\n}");
        CommandResult result = project.Build("_EdgeSlimConfiguration", EvaluatedProject.Publishing).FailsWith(code);
        if (code == "EDGE7045")
        {
            Assert.Contains("broken.json(2,7): error EDGE7045", result.Output);
        }
    }

    [TestMethod]
    [DataRow("etc/agent")]
    [DataRow("/etc")]
    [DataRow("/etc/../root")]
    public void A_folder_that_is_not_the_configurations_own_is_refused(string folder)
    {
        using EvaluatedProject project = new(Exe, body: "<ItemGroup><EdgeSecret Include=\"A\" Name=\"a\" /></ItemGroup>");
        project.Build("_EdgeSlimConfiguration", EvaluatedProject.Publishing, $"-p:EdgeConfigFolder={folder}").FailsWith("EDGE9004");
    }
}
