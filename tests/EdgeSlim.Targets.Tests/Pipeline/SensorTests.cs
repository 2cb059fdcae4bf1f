using System.Diagnostics;
using System.Globalization;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>The sample SensorAgent with all of its modules: what is in its image, and how it is told things in containers.</summary>
[TestClass]
[TestCategory(TestKinds.Container)]
[TestCategory(TestKinds.Compiler)]
[Rotating(15)]
public sealed class SensorTests
{
    private const string Cache = "/var/lib/sensoragent";

    // What the host builder brings; an empty one makes no use of user secrets and of all but one of the loggers.
    private static readonly string[] Hosting =
    [
        .. new[]
        {
            "Configuration", "Configuration.Abstractions", "Configuration.Binder", "Configuration.CommandLine", "Configuration.EnvironmentVariables",
            "Configuration.FileExtensions", "Configuration.Json", "DependencyInjection", "DependencyInjection.Abstractions", "Diagnostics",
            "Diagnostics.Abstractions", "FileProviders.Abstractions", "FileProviders.Physical", "FileSystemGlobbing", "Hosting", "Hosting.Abstractions",
            "Logging", "Logging.Abstractions", "Logging.Configuration", "Logging.Console", "Options", "Options.ConfigurationExtensions", "Primitives",
        }.Select(p => $"Microsoft.Extensions.{p} required"),
        .. new[] { "Configuration.UserSecrets", "Logging.Debug", "Logging.EventLog", "Logging.EventSource" }.Select(p => $"Microsoft.Extensions.{p} excluded"),
        "System.Diagnostics.EventLog excluded",
    ];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Modules_that_are_on_are_in_the_image_and_in_all_that_is_said_of_it()
    {
        Command.Require("podman", "podman");
        using PublishedProject project = new(Apps.Sensor);
        project.Commit();
        CommandResult published = project.EdgeImage("-p:EdgeTrial=auto", "-p:EdgeTrialLog=load", "-p:EdgeSbomFormat=both").Succeeds();
        Assert.MatchesRegex("trial      ready in [0-9.]+ ms, [0-9.]+ MB peak memory", published.Output);
        new PublishedReport(project.EdgeFolder, project.Binary).IsExact();
        await SampleSbom.HoldsAsync(project.Folder, project.EdgeFolder, [.. SampleSbom.Toolchain, .. Hosting, "ZstdSharp.Port required"]);
        CollectionAssert.IsSubsetOf(new[] { "ZstdSharp", "System.Net.Http", "System.Net.Security" }, Compiled(project));

        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(project.EdgeFolder, "report.json")));
        (string? Name, long Bytes)[] brought =
        [
            .. report.RootElement.GetProperty("modules").EnumerateArray().Select(m => (m.GetProperty("name").GetString(), m.GetProperty("bytes").GetInt64())),
        ];
        CollectionAssert.AreEqual(new[] { "etcd", "log_collector", "monitor", "trace_sampler" }, brought.Select(m => m.Name).ToArray());
        Assert.IsTrue(brought.All(m => m.Bytes > 1000), string.Join(", ", brought));

        Assert.AreEqual(
            "etcd True, log_collector True, monitor True, trace_sampler True",
            string.Join(", ", Facts(project).GetProperty("modules").EnumerateArray().Select(m => $"{m.GetProperty("name")} {m.GetProperty("isEnabled")}")));
        Assert.Contains(
            "\"dev.edgeslim.modules\":\"etcd,log_collector,monitor,trace_sampler\"",
            Command.Run("/", "skopeo", "inspect", "--raw", $"oci:{project.Layout}:{project.Tag}").Succeeds().Output);
    }

    [TestMethod]
    public void An_agent_is_told_things_from_outside_its_image()
    {
        Command.Require("etcd", "etcd-server");
        using PublishedProject project = new(Apps.Sensor);
        project.Commit();
        CommandResult published = project.EdgeImage("-p:EdgeLoad=true", $"-p:ContainerRepository={project.ImageName}").Succeeds();
        string image = $"localhost/{project.ImageName}:{project.Tag}";
        try
        {
            Assert.DoesNotContain(": warning ", published.Output);
            JsonElement configuration = Facts(project).GetProperty("configuration");
            Assert.AreEqual("/etc/sensoragent", configuration.GetProperty("folder").GetString());
            Assert.AreEqual("appsettings.Production.json", configuration.GetProperty("files")[0].GetProperty("key").GetString());
            Assert.DoesNotContain("appsettings", Facts(project).GetProperty("payload").GetProperty("files").GetRawText());
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

    private static JsonElement Facts(PublishedProject project)
    {
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(project.EdgeFolder, "facts.json")));
        return facts.RootElement.Clone();
    }

    // What the AOT compiler says that it compiled.
    private static string[] Compiled(PublishedProject project)
    {
        string file = Directory.GetFiles(Path.Combine(project.Folder, "obj/edge/Release/net10.0/linux-x64/native"), "*.mstat").Single();
        using FileStream content = File.OpenRead(file);
        using PEReader assembly = new(content);
        MetadataReader metadata = assembly.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(a => metadata.GetString(metadata.GetAssemblyReference(a).Name))];
    }
}
