namespace EdgeSlim.Tests;

/// <summary>What EdgeImage refuses, it refuses before it does anything.</summary>
[TestClass]
public sealed class GuardTests
{
    [TestMethod]
    public void Outside_publish()
    {
        using EvaluatedProject project = new();
        project.Build("EdgeImage").FailsWith("EDGE9001");
    }

    [TestMethod]
    public void A_library()
    {
        using EvaluatedProject project = new("<OutputType>Library</OutputType>");
        project.Build("EdgeImage", EvaluatedProject.Publishing).FailsWith("EDGE9002");
    }

    [TestMethod]
    public void Switched_off()
    {
        using EvaluatedProject project = new("<OutputType>Exe</OutputType><EdgeSlimEnabled>false</EdgeSlimEnabled>");
        project.Build("EdgeImage", EvaluatedProject.Publishing).FailsWith("EDGE9005");
    }

    [TestMethod]
    [DataRow("EdgeImage")]
    [DataRow("Publish")]
    public void Several_target_frameworks(string target)
    {
        using EvaluatedProject project = new(framework: "<TargetFrameworks>net10.0;net9.0</TargetFrameworks>");
        CommandResult result = project.Build(target, EvaluatedProject.Publishing).FailsWith("EDGE9003");
        Assert.Contains("net10.0, net9.0", result.Output);
        Assert.Contains("-f net10.0", result.Output);
    }
}
