using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>The sample SensorAgent, which is made of modules.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
[TestCategory(TestKinds.Long)]
public sealed class ModuleTests
{
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

    [TestMethod]
    [Rotating(10)]
    [TestCategory(TestKinds.Container)]
    public async Task Modules_that_are_off_are_not_in_the_image()
    {
        using AgentProject project = SampleProject.Create("SensorAgent");
        string commit = project.Commit();
        CommandResult published = project.EdgeImage("-p:EdgeTrial=auto", "-p:EdgeTrialLog=load").Succeeds();
        Assert.MatchesRegex("trial      ready in [0-9.]+ ms, [0-9.]+ MB peak memory", published.Output);
        new PublishedReport(project.EdgeFolder, project.Binary).IsExact();
        await SampleSbom.HoldsAsync(project.Folder, project.EdgeFolder, [.. SampleSbom.Toolchain, .. Hosting, "ZstdSharp.Port required"]);
        long all = Size(project);
        (string, long)[] brought = Brought(project);
        string[] assemblies = Compiled(project);
        CollectionAssert.IsSubsetOf(new[] { "ZstdSharp", "System.Net.Http", "System.Net.Security" }, assemblies);

        project.EdgeImage("-p:EdgeModules=monitor", "-p:EdgeLoad=true").Succeeds();
        new PublishedReport(project.EdgeFolder, project.Binary).IsExact();
        Assert.IsLessThanOrEqualTo(0.6, (double)Size(project) / all, $"{Size(project)} of {all} bytes");
        CollectionAssert.AreEqual(
            Array.Empty<string>(), Compiled(project).Intersect(["ZstdSharp", "System.Net.Http", "System.Net.Security"]).ToArray());

        // Said in the report before, and true: that much is gone, and more that other parts of .NET were kept for.
        CollectionAssert.AreEqual(new[] { "etcd", "log_collector", "monitor", "trace_sampler" }, brought.Select(m => m.Item1).ToArray());
        Assert.IsTrue(brought.Skip(1).All(m => m.Item2 > 1000), string.Join(", ", brought));
        Assert.IsGreaterThan(300_000, brought[3].Item2, string.Join(", ", brought));
        CollectionAssert.AreEqual(new long[] { 0, 0, 0 }, Brought(project).Where(m => m.Name != "monitor").Select(m => m.Bytes).ToArray());

        using JsonDocument facts = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(project.EdgeFolder, "facts.json")));
        Assert.AreEqual(
            "etcd False, log_collector False, monitor True, trace_sampler False",
            string.Join(", ", facts.RootElement.GetProperty("modules").EnumerateArray().Select(m => $"{m.GetProperty("name")} {m.GetProperty("isEnabled")}")));
        Assert.Contains("\"dev.edgeslim.modules\":\"monitor\"", Command.Run("/", "skopeo", "inspect", "--raw", $"oci:{project.Layout}:{commit[..12]}").Succeeds().Output);

        string image = $"localhost/sensoragent:{commit[..12]}";
        try
        {
            string name = $"edgeslim-modules-{Guid.NewGuid():N}";
            CommandResult run = Podman.RunWith(["--network=none", "--read-only", "--memory=64m", "--user=65532", "--name", name, "--timeout=3"], image);
            Assert.Contains("load ", run.Output);
        }
        finally
        {
            Podman.Remove(image);
        }
    }

    [TestMethod]
    [Rotating(2)]
    public void Modules_that_are_off_are_not_in_a_trimmed_application()
    {
        using AgentProject project = SampleProject.Create("SensorAgent");
        project.Write("edge.modules.json", """{ "modules": { "trace_sampler": false, "log_collector": false, "etcd": false } }""");
        project.Commit();
        project.EdgeImage("-p:EdgeMode=trimmed").Succeeds();

        // The map of a single-file application goes down to its assemblies.
        PublishedReport report = new(project.EdgeFolder, project.PublishedBinary);
        report.IsExact();
        Assert.Contains("System.Private.CoreLib", report.Names("assembly"));
        Assert.Contains("SensorAgent", report.Names("assembly"));
        Assert.DoesNotContain("ZstdSharp", report.Names("assembly"));

        string[] linked = Directory.GetFiles(Path.Combine(project.Folder, "obj/edge/Release/net10.0/linux-x64/linked"), "*.dll");
        CollectionAssert.DoesNotContain(linked.Select(Path.GetFileName).ToArray(), "ZstdSharp.dll");
        CollectionAssert.DoesNotContain(linked.Select(Path.GetFileName).ToArray(), "System.Net.Security.dll");
        using FileStream file = File.OpenRead(linked.Single(l => Path.GetFileName(l) == "SensorAgent.dll"));
        using PEReader assembly = new(file);
        MetadataReader metadata = assembly.GetMetadataReader();
        string[] types = [.. metadata.TypeDefinitions.Select(t => metadata.GetString(metadata.GetTypeDefinition(t).Name))];
        Assert.Contains("DeviceMonitor", types);
        Assert.DoesNotContain("LogCollector", types);
        Assert.DoesNotContain("TraceSampler", types);
    }

    [TestMethod]
    public void Packages_and_sources_of_modules_that_are_off_can_be_left_out_altogether()
    {
        using AgentProject project = SampleProject.Create("SensorAgent");
        string file = $"{project.Name}.csproj";
        project.Write(file, File.ReadAllText(Path.Combine(project.Folder, file)).Replace(
            "<EdgeModule Include=\"log_collector\" />",
            "<EdgeModule Include=\"log_collector\" Packages=\"ZstdSharp.Port\" Compile=\"Modules/Log*.cs\" Enabled=\"false\" />",
            StringComparison.Ordinal));
        File.Delete(Path.Combine(project.Folder, "edge.modules.json"));
        project.Write("Program.cs", """
            #if EDGE_MODULE_LOG_COLLECTOR
            SensorAgent.Modules.LogCollector? collector = null;
            #endif
            Console.WriteLine($"{EdgeModules.Monitor} {EdgeModules.LogCollector}");
            AppContext.SetSwitch("EdgeModules.LogCollector", true);
            Console.WriteLine(EdgeModules.LogCollector);
            """);

        // Not published: switches can be set while it runs. The package is not even restored.
        string output = project.Dotnet("run", "-tl:off").Succeeds().Output;
        Assert.Contains("True False", output);
        Assert.Contains("\nTrue", output);
        Assert.DoesNotContain("ZstdSharp", File.ReadAllText(Path.Combine(project.Folder, "obj/project.assets.json")));

        project.Dotnet("build", "-tl:off", "-p:EdgeModules=monitr").FailsWith("EDGE1031");
        project.Write("edge.modules.json", "{ \"modules\": {\n  \"monitor\": 1\n} }");
        CommandResult malformed = project.Dotnet("build", "-tl:off");
        malformed.FailsWith("EDGE1030");
        Assert.Contains("edge.modules.json(2,14): error EDGE1030", malformed.Output);
        project.Write("edge.modules.json", "{ \"modules\": { \"monitor\": false, \"trace_sampler\": true } }");
        project.Dotnet("build", "-tl:off").FailsWith("EDGE1032");
        project.Dotnet("build", "-tl:off", "-p:EdgeModulesFile=sites/oslo.json").FailsWith("EDGE1030");
        File.Delete(Path.Combine(project.Folder, "edge.modules.json"));
        project.Write("Program.cs", "if (EdgeModules.Monitr) { }");
        CommandResult unknown = project.Dotnet("build", "-tl:off");
        unknown.FailsWith("EDGE1031");
        Assert.Contains("Program.cs(1,5): error EDGE1031", unknown.Output);
    }

    private static (string Name, long Bytes)[] Brought(AgentProject project)
    {
        using JsonDocument report = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(project.EdgeFolder, "report.json")));
        return [.. report.RootElement.GetProperty("modules").EnumerateArray().Select(m => (m.GetProperty("name").GetString()!, m.GetProperty("bytes").GetInt64()))];
    }

    private static long Size(AgentProject project)
    {
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(project.EdgeFolder, "facts.json")));
        return facts.RootElement.GetProperty("image").GetProperty("compressedBytes").GetInt64();
    }

    // What the AOT compiler says that it compiled.
    private static string[] Compiled(AgentProject project)
    {
        string file = Directory.GetFiles(Path.Combine(project.Folder, "obj/edge/Release/net10.0/linux-x64/native"), "*.mstat").Single();
        using FileStream content = File.OpenRead(file);
        using PEReader assembly = new(content);
        MetadataReader metadata = assembly.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(a => metadata.GetString(metadata.GetAssemblyReference(a).Name))];
    }
}
