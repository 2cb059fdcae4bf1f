using EdgeSlim.Builds;
using EdgeSlim.Reproduction;

namespace EdgeSlim.Tests.Reproduction;

[TestClass]
public sealed class SecondBuildTests
{
    private static readonly SecondBuild Second = new("dotnet", "/work/app", "/tmp/copy", "/tmp/edge");

    // The image is made to be compared. A registry, an engine or a GitOps repository that got it would have an image that nobody delivered.
    [TestMethod]
    [DataRow("ContainerRegistry", "registry.example", "")]
    [DataRow("ContainerArchiveOutputPath", "/out/app.tar", "")]
    [DataRow("EdgeLoad", "true", "false")]
    [DataRow("EdgeManifests", "true", "false")]
    [DataRow("EdgeGitOpsDir", "/fleet/apps", "")]
    [DataRow("EdgeDigestFile", "/out/digest", "")]
    public void The_second_image_goes_nowhere(string property, string value, string expected)
    {
        Assert.AreEqual(expected, Second.Build("App.csproj", new Dictionary<string, string> { [property] = value }).Properties[property]);
    }

    [TestMethod]
    public void Paths_of_the_work_tree_are_those_of_the_copy_and_folders_of_the_first_build_are_not_used()
    {
        ChildBuild build = Second.Build("src/App.csproj", new Dictionary<string, string>
        {
            ["Ca"] = "/work/app/ca.pem",
            ["Other"] = "/work/apple",
            ["OutDir"] = "/work/app/bin/",
            ["EdgeOutputPath"] = "/work/app/out/",
        });

        Assert.AreEqual("/tmp/copy/src/App.csproj", build.Path);
        Assert.AreEqual("/tmp/copy/ca.pem", build.Properties["Ca"]);
        Assert.AreEqual("/work/apple", build.Properties["Other"]);
        Assert.AreEqual("/tmp/edge", build.Properties["EdgeOutputPath"]);
        Assert.IsFalse(build.Properties.ContainsKey("OutDir"));
    }
}
