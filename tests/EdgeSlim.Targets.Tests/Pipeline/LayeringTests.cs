using System.Text.Json;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tests;

/// <summary>The layers of a self-contained web application, and what an update of it costs.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
[TestCategory(TestKinds.Registry)]
public sealed class LayeringTests
{
    [TestMethod]
    [TestCategory(TestKinds.Long)]
    public void An_update_sends_what_changed()
    {
        using DockerRegistry registry = DockerRegistry.Start();
        using TemporaryFolder cache = new();
        using PublishedProject project = new(Apps.Whole);
        project.Commit();
        string[] arguments = [$"-p:ContainerRegistry={registry.Address}", $"-p:EdgeCacheDir={cache.Path}"];
        project.EdgeImage(arguments).Succeeds();
        Layer[] first = Layers(project);

        Assert.AreEqual("system files runtime packages data content application", string.Join(' ', first.Skip(1).Select(l => l.Name)));
        Assert.IsGreaterThan(300, first.Sum(l => l.Files));
        Assert.IsLessThanOrEqualTo(10, first.Length);
        string[] paths = [.. Files(project).Where(p => !p.EndsWith('/'))];
        CollectionAssert.AllItemsAreUnique(paths);
        CollectionAssert.IsSubsetOf(
            new[] { "app/wwwroot/page.html", "app/wwwroot/data/table.csv", "app/libcoreclr.so", "app/Microsoft.Data.Sqlite.dll", "app/Whole.deps.json" },
            paths);

        // One line, in another commit.
        Change(project);
        int before = registry.Requests.Count;
        project.EdgeImage(arguments).Succeeds();
        Layer[] second = Layers(project);
        Assert.AreEqual("application", string.Join(' ', second.Where(l => !first.Contains(l)).Select(l => l.Name)));

        // The layer, the configuration, what the image is made of, its report, and how it came to be.
        Assert.AreEqual(5, registry.Requests.Skip(before).Count(r => r.Method == "PUT" && r.IsBlobUpload));
        Assert.AreEqual(1, registry.Requests.Skip(before).Count(r => r.IsManifestWrite && !r.Path.Contains("/sha256", StringComparison.Ordinal)));

        // Somewhere else, with the same cache: nothing is compressed that was, and the image is the same.
        using PublishedProject other = new(Apps.Whole);
        Change(other);
        CommandResult again = other.Publish("Publish;_EdgeSlimMakeImage", LoggerVerbosity.Normal, arguments).Succeeds();
        CollectionAssert.AreEqual(second, Layers(other));
        Assert.DoesNotContain("compressed again", again.Output);

        CommandResult single = other.EdgeImage("-p:EdgeLayering=single", "-p:EdgeCompressionLevel=fast", "-p:EdgeCacheMaxBytes=0", arguments[1]).Succeeds();
        Assert.AreEqual("system files application", string.Join(' ', Layers(other).Skip(1).Select(l => l.Name)), single.Output);
    }

    [TestMethod]
    [TestCategory(TestKinds.Container)]
    public void An_image_with_zstd_layers_runs_and_so_does_its_docker_archive()
    {
        Command.Require("podman", "podman");
        using TemporaryFolder folder = new();
        using PublishedProject project = new(Apps.Hello);
        string tag = project.Commit()[..12];
        using DockerRegistry registry = DockerRegistry.Start();
        project.EdgeImage(
            "-p:EdgeCompression=zstd",
            $"-p:ContainerRepository={project.ImageName}",
            $"-p:ContainerRegistry={registry.Address}",
            $"-p:ContainerArchiveOutputPath={folder["image.tar"]}",
            "-p:EdgeArchiveFormat=docker").Succeeds();
        string pulled = $"{registry.Address}/{project.ImageName}:{tag}";
        using JsonDocument manifest = JsonDocument.Parse(Command.Run(
            "/", "skopeo", "inspect", "--raw", "--tls-verify=false", $"docker://{pulled}").Succeeds().Output);
        Assert.AreEqual(
            "application/vnd.oci.image.layer.v1.tar+zstd",
            string.Join(' ', manifest.RootElement.GetProperty("layers").EnumerateArray()
                .Select(l => l.GetProperty("mediaType").GetString()).Distinct()));

        Command.Run("/", "podman", "pull", "--tls-verify=false", pulled).Succeeds();
        Runs(pulled);
        Command.Run("/", "podman", "load", "-i", folder["image.tar"]).Succeeds();
        Runs($"localhost/{project.ImageName}:{tag}");
    }

    private static void Runs(string image)
    {
        try
        {
            Assert.Contains("Hello from nonroot", Podman.Run(image).Succeeds().Output);
        }
        finally
        {
            Podman.Remove(image);
        }
    }

    // As a changed line does: another assembly, where it was compiled to and where it was published.
    private static void Change(PublishedProject project)
    {
        string program = Path.Combine(project.Folder, "Program.cs");
        File.WriteAllText(program, File.ReadAllText(program).Replace("one", "two", StringComparison.Ordinal));
        foreach (string assembly in Directory.GetFiles(project.Folder, "Whole.dll", SearchOption.AllDirectories))
        {
            File.AppendAllText(assembly, "two");
        }

        project.Commit();
    }

    private static Layer[] Layers(PublishedProject project) =>
    [
        .. project.Facts.GetProperty("image").GetProperty("layers").EnumerateArray().Select(l => new Layer(
            l.GetProperty("name").GetString()!, l.GetProperty("digest").GetString()!, l.GetProperty("files").GetInt32())),
    ];

    private static IEnumerable<string> Files(PublishedProject project) => Layers(project).SelectMany(l => Command.Run(
        project.Layout, "tar", "tzf", "blobs/sha256/" + l.Digest["sha256:".Length..]).Succeeds().Output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private sealed record Layer(string Name, string Digest, int Files);
}
