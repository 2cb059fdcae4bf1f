namespace EdgeSlim.Tests;

/// <summary>Mistakes that only the command line, the restore and the toolchain show.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class BadInputTests
{
    [TestMethod]
    public void No_compiler_driver_is_said_before_anything_is_compiled_to_native_code()
    {
        using AgentProject project = new();
        using ToolFolder tools = ToolFolder.With("git");
        project.Environment["PATH"] = tools.Path;

        CommandResult result = project.EdgeImage().FailsWith("EDGE1001");

        Assert.Contains("clang", result.Output);
        Assert.IsFalse(Directory.Exists(Path.Combine(project.Folder, "obj/edge/Release/net10.0/linux-x64/native")));
    }
}
