using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>Several builds with one EdgeOutputPath, as pipelines have it.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class SharedOutputTests
{
    [TestMethod]
    public void Each_build_delivers_its_own_image()
    {
        using TemporaryFolder folder = new();
        using PublishedProject one = new(Apps.Hello, """<ItemGroup><ContainerLabel Include="build" Value="one" /></ItemGroup>""");
        using PublishedProject two = new(Apps.Hello, """<ItemGroup><ContainerLabel Include="build" Value="two" /></ItemGroup>""");
        one.Commit();
        two.Commit();
        string output = $"-p:EdgeOutputPath={folder["out"]}/";
        string layout = folder["out/oci"];

        one.EdgeImage(output, $"-p:ContainerArchiveOutputPath={folder["one.tar"]}").Succeeds();
        string digest = DigestOf(layout);
        two.EdgeImage(output, $"-p:ContainerArchiveOutputPath={folder["two.tar"]}").Succeeds();
        string other = DigestOf(layout);
        Assert.AreNotEqual(digest, other);

        File.Delete(folder["one.tar"]);
        one.EdgeImage(output, $"-p:ContainerArchiveOutputPath={folder["one.tar"]}", $"-p:EdgeDigestFile={folder["digest"]}").Succeeds();
        Assert.AreEqual(digest, DigestOf(layout));
        Assert.Contains(digest, File.ReadAllText(folder["digest"]));
        Assert.Contains(digest, Command.Run("/", "tar", "-xOf", folder["one.tar"], "index.json").Succeeds().Output);
    }

    [TestMethod]
    public void Another_application_and_a_layout_of_others_are_left_alone()
    {
        using TemporaryFolder folder = new();
        using PublishedProject one = new(Apps.Hello);
        using PublishedProject two = new(Apps.Emitter);
        one.Commit();
        two.Commit();
        string output = $"-p:EdgeOutputPath={folder["out"]}/";
        one.EdgeImage(output).Succeeds();
        string digest = DigestOf(folder["out/oci"]);

        Assert.Contains($"EdgeOutputPath={folder["out"]}/Emitter/", two.EdgeImage(output).FailsWith("EDGE3020").Output);
        Assert.AreEqual(digest, DigestOf(folder["out/oci"]));

        folder.Write("theirs/oci/index.json", "{}");
        one.EdgeImage($"-p:EdgeOutputPath={folder["theirs"]}/").FailsWith("EDGE3021");
        Assert.AreEqual("{}", File.ReadAllText(folder["theirs/oci/index.json"]));
    }

    private static string DigestOf(string layout)
    {
        using JsonDocument index = JsonDocument.Parse(File.ReadAllText(Path.Combine(layout, "index.json")));
        return index.RootElement.GetProperty("manifests")[0].GetProperty("digest").GetString()!;
    }
}
