namespace EdgeSlim.Tests;

/// <summary>What belongs to an image never passes for what belongs to another: by whole builds, one after the other.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class ResultTests
{
    [TestMethod]
    [Rotating(10)]
    public void A_folder_of_one_application_is_refused_to_another_which_is_not_delivered_under_its_name()
    {
        using TemporaryFolder shared = new();
        using AgentProject one = new(code: "System.Console.WriteLine(\"one\");");
        using AgentProject other = new(name: "Other", code: "System.Console.WriteLine(\"other\");");
        string output = $"-p:EdgeOutputPath={shared["out"]}";
        string archive = Path.Combine(one.Folder, "one.tar");
        string[] ofOne = [.. RuntimeBase.Options, output, $"-p:ContainerArchiveOutputPath={archive}"];
        one.PublishImage(ofOne).Succeeds();
        byte[] delivered = File.ReadAllBytes(archive);
        File.Delete(archive);

        other.PublishImage([.. RuntimeBase.Options, output]).FailsWith("EDGE3020");
        one.PublishImage(ofOne).Succeeds();

        Assert.AreSequenceEqual(delivered, File.ReadAllBytes(archive));
    }

    [TestMethod]
    [Rotating(10)]
    public void An_image_that_failed_a_gate_is_neither_bundled_nor_deployed()
    {
        using AgentProject project = new(code: "System.Console.WriteLine(\"ready\");");
        project.PublishImage([.. RuntimeBase.Options, "-p:EdgeMaxImageSize=1kB"]).FailsWith("EDGE5004");

        foreach (string target in (string[])["EdgeBundle", "EdgeManifests"])
        {
            project.Dotnet(["publish", $"-t:{target}", "-tl:off", .. RuntimeBase.Options]).FailsWith("EDGE7050");
        }
    }

    [TestMethod]
    [Rotating(10)]
    public void A_file_that_is_put_in_the_place_of_a_newer_one_reaches_the_image()
    {
        using AgentProject project = new(
            items: "<EdgeInclude Include=\"settings.txt\" TargetPath=\"/etc/settings.txt\" />", code: "System.Console.WriteLine(System.IO.File.ReadAllText(\"/etc/settings.txt\"));");
        project.Write("settings.txt", "first");
        project.PublishImage(RuntimeBase.Options).Succeeds();
        string first = File.ReadAllText(Path.Combine(project.Layout, "index.json"));

        project.Write("settings.txt", "other");
        File.SetLastWriteTimeUtc(Path.Combine(project.Folder, "settings.txt"), DateTime.UtcNow.AddYears(-1));
        project.PublishImage(RuntimeBase.Options).Succeeds();

        Assert.AreNotEqual(first, File.ReadAllText(Path.Combine(project.Layout, "index.json")));
    }
}
