using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>The sample SensorAgent in containers, told things by files, variables, arguments and etcd.</summary>
[TestClass]
public sealed class ConfigurationTests
{
    private const string Cache = "/var/lib/sensoragent";

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void An_agent_is_told_things_from_outside_its_image()
    {
        Command.Require("etcd", "etcd-server");
        using AgentProject project = SampleProject.Create("SensorAgent");
        project.Write("edge.modules.json", """{ "modules": { "monitor": true, "etcd": true, "log_collector": false, "trace_sampler": false } }""");
        string commit = project.Commit();
        CommandResult published = project.EdgeImage("-p:EdgeLoad=true").Succeeds();
        Assert.DoesNotContain(": warning ", published.Output);
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(project.EdgeFolder, "facts.json")));
        JsonElement configuration = facts.RootElement.GetProperty("configuration");
        Assert.AreEqual("/etc/sensoragent", configuration.GetProperty("folder").GetString());
        Assert.AreEqual("appsettings.Production.json", configuration.GetProperty("files")[0].GetProperty("key").GetString());
        Assert.DoesNotContain("appsettings", facts.RootElement.GetProperty("payload").GetProperty("files").GetRawText());

        string image = $"localhost/sensoragent:{commit[..12]}";
        try
        {
            using MountedFolder folder = new();
            FilesVariablesAndArguments(image, folder);
            Etcd(image, folder);
        }
        finally
        {
            Podman.Remove(image);
        }
    }

    private void FilesVariablesAndArguments(string image, MountedFolder folder)
    {
        string[] mounted = ["-v", $"{folder.Path}:/etc/sensoragent:ro"];
        folder.Update(("appsettings.Production.json", """{ "Interval": 41 }"""));
        using (RunningImage agent = new(image, mounted))
        {
            agent.Says("looks at the device every 41 s");
            Changes(agent, "a file", "now looks at the device every 42 s", () => folder.Update(("appsettings.Production.json", """{ "Interval": 42 }""")));
            Changes(agent, "a broken file", "The values that it had are kept", () => folder.Update(("appsettings.Production.json", """{ "Interval": 43""")));
            Changes(agent, "a file", "now looks at the device every 44 s", () => folder.Update(("appsettings.Production.json", """{ "Interval": 44 }""")));
            CommandResult stopped = agent.Stop();
            Assert.AreEqual(0, stopped.ExitCode, stopped.Output);
            Assert.DoesNotContain("43 s", stopped.Output);
        }

        using (RunningImage agent = new(image, [.. mounted, "-e", "SENSOR_INTERVAL=45"]))
        {
            agent.Says("looks at the device every 45 s");
        }

        using (RunningImage agent = new(image, [.. mounted, "-e", "SENSOR_INTERVAL=45"], ["--Interval=46"]))
        {
            agent.Says("looks at the device every 46 s");
        }
    }

    private void Etcd(string image, MountedFolder folder)
    {
        using TemporaryFolder cache = new();
        cache.Open((UnixFileMode)0b111_111_111);
        string[] options = ["-v", $"{folder.Path}:/etc/sensoragent:ro", "-v", $"{cache.Path}:{Cache}"];
        string[] arguments;
        using (EtcdServer etcd = new())
        {
            arguments = [$"--Etcd:Endpoint={etcd.Endpoint}", $"--Etcd:Cache={Cache}/etcd.json"];
            etcd.Put("/sensoragent/Interval", "47");
            using RunningImage agent = new(image, options, arguments);
            agent.Says("looks at the device every 47 s");
            Changes(agent, "a value in etcd", "now looks at the device every 48 s", () => etcd.Put("/sensoragent/Interval", "48"));
            Assert.AreEqual(0, agent.Stop().ExitCode);
        }

        using RunningImage without = new(image, options, arguments);
        without.Says("looks at the device every 48 s");
        CommandResult stopped = without.Stop();
        Assert.Contains("does not answer", stopped.Output);
        Assert.Contains("the last known values are used", stopped.Output);
    }

    private void Changes(RunningImage agent, string what, string line, Action change)
    {
        Stopwatch watch = Stopwatch.StartNew();
        change();
        agent.Says(line);
        TestContext.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what} was seen within {watch.ElapsedMilliseconds} ms"));
    }
}
