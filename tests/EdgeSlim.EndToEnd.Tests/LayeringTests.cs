using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>A self-contained web application with more than 300 files, and what an update of it costs.</summary>
[TestClass]
public sealed class LayeringTests
{
    private const string Code = """
        var app = WebApplication.CreateBuilder(args).Build();
        app.UseStaticFiles();
        app.MapGet("/", () => "one");
        Console.WriteLine(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder("Data Source=x").DataSource);
        app.Run();
        """;

    [TestMethod]
    public void An_update_sends_what_changed()
    {
        using DockerRegistry registry = DockerRegistry.Start();
        using TemporaryFolder cache = new();
        using AgentProject project = new(
            "Whole",
            "<EdgeMode>selfcontained</EdgeMode>",
            """
            <PackageReference Include="Microsoft.Data.Sqlite" Version="10.0.1" />
            <Content Update="wwwroot/data/**" EdgeLayer="data" />
            """,
            Code,
            sdk: "Microsoft.NET.Sdk.Web");
        project.Environment["EdgeCacheDir"] = cache.Path;
        project.Write("wwwroot/page.html", string.Concat(Enumerable.Range(0, 40_000).Select(i => $"<p>{i * 7919L % 104_729}</p>")));
        project.Write("wwwroot/data/table.csv", "a,b\n");
        project.Write("appsettings.json", "{}");
        project.Commit();
        string[] arguments = [$"-p:ContainerRegistry={registry.Address}", "-p:NoWarn=NU1603"];
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
        project.Write("Program.cs", Code.Replace("one", "two", StringComparison.Ordinal));
        project.Commit();
        int before = registry.Requests.Count;
        project.EdgeImage(arguments).Succeeds();
        Layer[] second = Layers(project);
        Assert.AreEqual("application", string.Join(' ', second.Where(l => !first.Contains(l)).Select(l => l.Name)));

        // The layer, the configuration, what the image is made of, its report, and how it came to be.
        Assert.AreEqual(5, registry.Requests.Skip(before).Count(r => r.Method == "PUT" && r.IsBlobUpload));
        Assert.AreEqual(1, registry.Requests.Skip(before).Count(r => r.IsManifestWrite && !r.Path.Contains("/sha256", StringComparison.Ordinal)));

        // Somewhere else, with the same cache: nothing is compressed that was, and the image is the same.
        Directory.Delete(Path.Combine(project.Folder, "bin"), recursive: true);
        Directory.Delete(Path.Combine(project.Folder, "obj"), recursive: true);
        CommandResult again = project.EdgeImage(["-v:n", .. arguments]).Succeeds();
        CollectionAssert.AreEqual(second, Layers(project));
        Assert.DoesNotContain("compressed again", again.Output);

        CommandResult single = project.EdgeImage(["-p:EdgeLayering=single", "-p:EdgeCompressionLevel=fast", "-p:EdgeCacheMaxBytes=0"]).Succeeds();
        Assert.AreEqual("system files application", string.Join(' ', Layers(project).Skip(1).Select(l => l.Name)), single.Output);
    }

    [TestMethod]
    public void An_image_with_zstd_layers_runs_and_so_does_its_docker_archive()
    {
        Command.Require("podman", "podman");
        using TemporaryFolder folder = new();
        using AgentProject project = PublishedAgent.Create("<EdgeCompression>zstd</EdgeCompression>");
        string tag = project.Commit()[..12];
        using DockerRegistry registry = DockerRegistry.Start();
        project.EdgeImage(
            $"-p:ContainerRegistry={registry.Address}",
            $"-p:ContainerArchiveOutputPath={folder["image.tar"]}",
            "-p:EdgeArchiveFormat=docker").Succeeds();
        using JsonDocument manifest = JsonDocument.Parse(Command.Run(
            "/", "skopeo", "inspect", "--raw", "--tls-verify=false", $"docker://{registry.Address}/helloagent:{tag}").Succeeds().Output);
        Assert.AreEqual(
            "application/vnd.oci.image.layer.v1.tar+zstd",
            string.Join(' ', manifest.RootElement.GetProperty("layers").EnumerateArray()
                .Select(l => l.GetProperty("mediaType").GetString()).Distinct()));

        string pulled = $"{registry.Address}/helloagent:{tag}";
        Command.Run("/", "podman", "pull", "--tls-verify=false", pulled).Succeeds();
        Runs(pulled);
        Command.Run("/", "podman", "load", "-i", folder["image.tar"]).Succeeds();
        Runs($"localhost/helloagent:{tag}");
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

    private static Layer[] Layers(AgentProject project)
    {
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(project.EdgeFolder, "facts.json")));
        return
        [
            .. facts.RootElement.GetProperty("image").GetProperty("layers").EnumerateArray().Select(l => new Layer(
                l.GetProperty("name").GetString()!, l.GetProperty("digest").GetString()!, l.GetProperty("files").GetInt32())),
        ];
    }

    private static IEnumerable<string> Files(AgentProject project) => Layers(project).SelectMany(l => Command.Run(
        project.Layout, "tar", "tzf", "blobs/sha256/" + l.Digest["sha256:".Length..]).Succeeds().Output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private sealed record Layer(string Name, string Digest, int Files);
}
