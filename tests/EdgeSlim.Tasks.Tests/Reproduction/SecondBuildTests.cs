using EdgeSlim.Reproduction;

namespace EdgeSlim.Tests.Reproduction;

[TestClass]
public sealed class SecondBuildTests
{
    private static readonly SecondBuild Build = new("dotnet", "/work/app", "/tmp/copy", "/tmp/edge");

    // The image is made to be compared. A registry, an engine or a GitOps repository that got it would have an image that nobody delivered.
    [TestMethod]
    [DataRow("ContainerRegistry", "registry.example", "-p:ContainerRegistry=")]
    [DataRow("ContainerArchiveOutputPath", "/out/app.tar", "-p:ContainerArchiveOutputPath=")]
    [DataRow("EdgeLoad", "true", "-p:EdgeLoad=false")]
    [DataRow("EdgeManifests", "true", "-p:EdgeManifests=false")]
    [DataRow("EdgeGitOpsDir", "/fleet/apps", "-p:EdgeGitOpsDir=")]
    [DataRow("EdgeDigestFile", "/out/digest", "-p:EdgeDigestFile=")]
    public void The_second_image_goes_nowhere(string property, string value, string expected)
    {
        IReadOnlyList<string> arguments = Build.Arguments("App.csproj", new Dictionary<string, string> { [property] = value });
        Assert.AreEqual(expected, arguments.Single(a => a.StartsWith($"-p:{property}=", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Paths_of_the_work_tree_are_those_of_the_copy_and_folders_of_the_first_build_are_not_used()
    {
        IReadOnlyList<string> arguments = Build.Arguments("src/App.csproj", new Dictionary<string, string>
        {
            ["Ca"] = "/work/app/ca.pem",
            ["Other"] = "/work/apple",
            ["OutDir"] = "/work/app/bin/",
            ["EdgeOutputPath"] = "/work/app/out/",
        });

        Assert.Contains("/tmp/copy/src/App.csproj", arguments);
        Assert.Contains("-p:Ca=/tmp/copy/ca.pem", arguments);
        Assert.Contains("-p:Other=/work/apple", arguments);
        Assert.Contains("-p:EdgeOutputPath=/tmp/edge", arguments);
        Assert.IsFalse(arguments.Any(a => a.StartsWith("-p:OutDir=", StringComparison.Ordinal)));
    }
}
