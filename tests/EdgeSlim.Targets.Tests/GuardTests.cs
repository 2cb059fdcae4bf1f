namespace EdgeSlim.Tests;

/// <summary>What EdgeImage refuses, it refuses before it does anything.</summary>
[TestClass]
public sealed class GuardTests
{
    [TestMethod]
    [DataRow("EdgeImage")]
    [DataRow("EdgeTrial")]
    [DataRow("EdgeUpdateBase")]
    public void A_library(string target)
    {
        using EvaluatedProject project = new("<OutputType>Library</OutputType>");
        project.Build(target, EvaluatedProject.OfTheUser).FailsWith("EDGE9002");
    }

    [TestMethod]
    public void Switched_off()
    {
        using EvaluatedProject project = new("<OutputType>Exe</OutputType><EdgeSlimEnabled>false</EdgeSlimEnabled>");
        project.Build("EdgeImage", EvaluatedProject.OfTheUser).FailsWith("EDGE9005");
    }

    [TestMethod]
    public void Several_target_frameworks()
    {
        using EvaluatedProject project = new(framework: "<TargetFrameworks>net10.0;net9.0</TargetFrameworks>");
        CommandResult result = project.Build("EdgeImage", EvaluatedProject.OfTheUser).FailsWith("EDGE9003");
        Assert.Contains("net10.0, net9.0", result.Output);
        Assert.Contains("-f net10.0", result.Output);
    }

    [TestMethod]
    public void A_locked_restore_without_the_lock_file_of_the_image()
    {
        using EvaluatedProject project = new("<OutputType>Exe</OutputType><RestorePackagesWithLockFile>true</RestorePackagesWithLockFile>");
        CommandResult result = project.Build("EdgeImage", [.. EvaluatedProject.OfTheUser, "-p:RestoreLockedMode=true"]).FailsWith("EDGE9007");
        Assert.Contains("edge.packages.lock.json", result.Output);
        Assert.IsFalse(File.Exists(Path.Combine(project.Folder, "edge.packages.lock.json")));
    }
}
