using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>Machines that have less than clang and lld still get a static image that runs.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class ToolchainTests
{
    // Compiled once: each machine links the same object.
    private static readonly Lazy<AgentProject> Compiled = new(() =>
    {
        AgentProject project = PublishedAgent.Create();
        project.Commit();
        return project;
    });

    [ClassCleanup]
    public static void Remove()
    {
        if (Compiled.IsValueCreated)
        {
            Compiled.Value.Dispose();
        }
    }

    // Most machines have gcc. That it is clang takes its turn.
    public static IEnumerable<object[]> Drivers =>
        [["gcc", "gcc ld ld.bfd as objcopy collect2"], .. RotatingAttribute.IsDue(1) ? [["clang", "clang ld ld.bfd objcopy"]] : Array.Empty<object[]>()];

    [TestMethod]
    [DynamicData(nameof(Drivers))]
    public void Without_lld_the_binary_is_static_at_a_fixed_address_and_runs(string driver, string programs)
    {
        AgentProject project = Compiled.Value;
        using ToolFolder tools = ToolFolder.With([.. programs.Split(' '), "git"]);
        project.Environment["PATH"] = tools.Path;

        project.EdgeImage().Succeeds();

        using JsonDocument facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(project.EdgeFolder, "facts.json")));
        string toolchain = facts.RootElement.GetProperty("publish").GetProperty("toolchain").GetString()!;
        Assert.StartsWith($"{driver} with bfd, static and not position-independent", toolchain);
        Assert.Contains("install lld", toolchain);
        string headers = Command.Run("/", "readelf", "-hlW", project.Binary).Succeeds().Output;
        Assert.Contains("EXEC (Executable file)", headers);
        Assert.DoesNotContain("INTERP", headers);
        Assert.Contains("Hello from", Command.Run("/", project.Binary).Succeeds().Output);
    }

    [TestMethod]
    [Rotating(4)]
    public void The_users_own_linker_settings_win()
    {
        using AgentProject project = PublishedAgent.Create(
            "<LinkerFlavor>bfd</LinkerFlavor><CppCompilerAndLinker>gcc</CppCompilerAndLinker><StaticExecutable>false</StaticExecutable>"
            + "<ContainerBaseImage>oci:base</ContainerBaseImage>");
        GlibcBase.Create(Path.Combine(project.Folder, "base"));
        project.Commit();

        project.EdgeImage().Succeeds();

        Assert.Contains("INTERP", Command.Run("/", "readelf", "-lW", project.Binary).Succeeds().Output);
        Assert.Contains("GCC:", Command.Run("/", "readelf", "-p", ".comment", project.Binary).Succeeds().Output);

        // The same executable has no loader on scratch.
        project.EdgeImage("-p:ContainerBaseImage=scratch").FailsWith("EDGE2001");
    }
}
