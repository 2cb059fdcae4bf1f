using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>One run for two processors: compiled for both, delivered as one index, and run on both.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class PlatformTests
{
    private static readonly string[] Architectures = ["amd64", "arm64"];

    [TestMethod]
    public void One_publish_delivers_an_index_of_images_that_run_each_on_its_processor()
    {
        Command.Require("skopeo", "skopeo");
        using AgentProject project = Create();
        string tag = project.Commit()[..12];
        using DockerRegistry registry = DockerRegistry.Start();
        using TemporaryFolder folder = new();
        string name = $"{registry.Address}/agent:{tag}";
        string[] arguments =
            [$"-p:ContainerRegistry={registry.Address}", $"-p:ContainerArchiveOutputPath={folder["agent.tar"]}", "-p:EdgeLoad=true", "-p:EdgeManifests=true", "-v:n"];

        CommandResult first = project.EdgeImage(arguments).Succeeds();

        Assert.AreEqual(2, first.Output.Split("Generating native code").Length - 1);
        Assert.Contains($"agent:{tag} (linux/amd64, linux/arm64)", first.Output);
        string index = Raw($"docker://{name}", "--tls-verify=false");
        Assert.AreEqual(index, Raw($"oci-archive:{folder["agent.tar"]}"));
        CollectionAssert.AreEqual(Architectures, ArchitecturesOf(index));
        ImagesCameBeforeTheIndex(registry, tag, index);
        foreach (string architecture in Architectures)
        {
            ValuesSurvive(name, architecture);
        }

        Assert.AreEqual("hello on Arm64", RunPulled(name, "arm64", folder));
        string loaded = $"localhost/agent:{tag}";
        try
        {
            Assert.AreEqual("hello on X64", Podman.Run(loaded, "hello").Succeeds().Output.Trim());
            Command.Run("/", "podman", "pull", "-q", "--tls-verify=false", "--arch", "arm64", name).Succeeds();
            Assert.AreEqual("arm64", Command.Run("/", "podman", "image", "inspect", "--format", "{{.Architecture}}", name).Succeeds().Output.Trim());
        }
        finally
        {
            Podman.Remove(loaded);
            Podman.Remove(name);
        }

        EachSaysHowItCameToBe(project, index);
        BundleHasAll(project, registry, folder, index, tag);
        NothingIsDoneAgain(project, registry, index, folder["agent.tar"], arguments);
    }

    private static AgentProject Create() => new(
        properties: """
            <EdgeRuntimeIdentifiers>linux-x64;linux-arm64</EdgeRuntimeIdentifiers>
            <ContainerDescription>one: two: three</ContainerDescription>
            """,
        items: """
            <ContainerEnvironmentVariable Include="UPSTREAM" Value="https://example.com:8443/a:b" />
            <ContainerLabel Include="com.example.time" Value="12:34:56" />
            """,
        code: """Console.WriteLine($"{args[0]} on {System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture}");""");

    private static string Raw(string image, params string[] options) =>
        Command.Run("/", "skopeo", ["inspect", "--raw", .. options, image]).Succeeds().Output.Trim();

    private static string?[] ArchitecturesOf(string index)
    {
        using JsonDocument document = JsonDocument.Parse(index);
        return [.. document.RootElement.GetProperty("manifests").EnumerateArray()
            .Select(m => m.GetProperty("platform").GetProperty("architecture").GetString())];
    }

    // The .NET SDK cuts such values at their first colon when it makes images for several processors.
    private static void ValuesSurvive(string name, string architecture)
    {
        using JsonDocument config = JsonDocument.Parse(Command.Run(
            "/", "skopeo", "--override-arch", architecture, "inspect", "--tls-verify=false", "--config", $"docker://{name}").Succeeds().Output);
        Assert.AreEqual(architecture, config.RootElement.GetProperty("architecture").GetString());
        JsonElement settings = config.RootElement.GetProperty("config");
        Assert.Contains("UPSTREAM=https://example.com:8443/a:b", settings.GetProperty("Env").EnumerateArray().Select(e => e.GetString()));
        Assert.AreEqual("12:34:56", settings.GetProperty("Labels").GetProperty("com.example.time").GetString());
        Assert.AreEqual("one: two: three", settings.GetProperty("Labels").GetProperty("org.opencontainers.image.description").GetString());
    }

    private static void ImagesCameBeforeTheIndex(DockerRegistry registry, string tag, string index)
    {
        // Besides them there is what refers to the images.
        string[] written =
        [
            .. registry.Requests.Where(r => r.IsManifestWrite).Select(r => r.Path.Split('/')[^1])
                .Where(r => r == tag || index.Contains(r, StringComparison.Ordinal)),
        ];
        Assert.HasCount(3, written);
        Assert.AreEqual(tag, written[2]);
    }

    private static void EachSaysHowItCameToBe(AgentProject project, string index)
    {
        string edge = Path.Combine(project.Folder, "bin/Release/net10.0/edge");
        Command.Run(edge, "sha256sum", "-c", "--strict", "--quiet", "SHA256SUMS").Succeeds();
        foreach (string platform in new[] { "linux-x64", "linux-arm64" })
        {
            Assert.Contains(SubjectOf(Path.Combine(edge, platform)), index);
        }

        string ofIndex = File.ReadAllText(Path.Combine(edge, "provenance.json"));
        Assert.Contains(SubjectOf(Path.Combine(edge, "linux-arm64")), ofIndex);
        Assert.Contains($"sha256:{SubjectOf(edge)}", File.ReadAllText(Path.Combine(edge, "oci/index.json")));
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(edge, "facts.json")));
        JsonElement delivery = facts.RootElement.GetProperty("index").GetProperty("deliveries").EnumerateArray()
            .Single(d => d.GetProperty("kind").GetString() == "registry");
        // A bill of materials, a report and a provenance of each image, and the provenance of the index.
        Assert.AreEqual(7, delivery.GetProperty("attached").GetArrayLength());
    }

    private static string SubjectOf(string folder)
    {
        using JsonDocument statement = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "provenance.json")));
        return statement.RootElement.GetProperty("subject")[0].GetProperty("digest").GetProperty("sha256").GetString()!;
    }

    private static string RunPulled(string name, string architecture, TemporaryFolder folder)
    {
        Command.Require("qemu-aarch64-static", "qemu-user-static");
        Command.Run(
            "/", "skopeo", "--override-arch", architecture, "copy", "--src-tls-verify=false", $"docker://{name}", $"oci:{folder["pulled"]}:x").Succeeds();
        using UnpackedImage image = new(folder["pulled"], "app/Agent");
        string headers = Command.Run("/", "readelf", "-hlW", image.Executable).Succeeds().Output;
        Assert.Contains("AArch64", headers);
        Assert.DoesNotContain("INTERP", headers);
        return image.Run("qemu-aarch64-static", "hello").Succeeds().Output.Trim();
    }

    // For a device without a network; the manifests ask for the very index that was pushed.
    private static void BundleHasAll(AgentProject project, DockerRegistry registry, TemporaryFolder folder, string index, string tag)
    {
        string digest = "sha256:" + Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(index)));
        string image = $"image: \"{registry.Address}/agent@{digest}\"";
        Assert.Contains(image, File.ReadAllText(Path.Combine(project.Folder, "bin/Release/net10.0/edge/manifests/base/deployment.yaml")));

        project.Dotnet("publish", "-t:EdgeBundle", "-tl:off", $"-p:ContainerRegistry={registry.Address}", $"-p:EdgeBundleFile={folder["agent.tar.gz"]}").Succeeds();

        Command.Run(folder.Path, "tar", "--one-top-level=bundle", "--strip-components=1", "-xzf", folder["agent.tar.gz"]).Succeeds();
        Assert.Contains(image, File.ReadAllText(folder["bundle/manifests/agent.yaml"]));
        Assert.IsTrue(File.Exists(folder["bundle/sbom/linux-arm64.sbom.cdx.json"]));
        foreach (string architecture in Architectures)
        {
            Command.Run(
                "/", "skopeo", "--override-arch", architecture, "inspect", "--config",
                $"oci-archive:{folder["bundle/images/agent.tar"]}:{tag}").Succeeds();
        }

        Command.Run("/", "sh", folder["bundle/install.sh"], "--root", folder["device"]).Succeeds();
        Assert.IsTrue(File.Exists(folder["device/var/lib/rancher/k3s/agent/images/agent.tar"]));
    }

    private static void NothingIsDoneAgain(
        AgentProject project, DockerRegistry registry, string index, string archive, string[] arguments)
    {
        string edge = Path.Combine(project.Folder, "bin/Release/net10.0/edge");
        string[] files = [.. new[] { "oci", "linux-x64/oci", "linux-arm64/oci" }.Select(f => Path.Combine(edge, f, "index.json")), project.Binary, archive];
        DateTime[] before = [.. files.Select(File.GetLastWriteTimeUtc)];
        int requests = registry.Requests.Count;

        CommandResult second = project.EdgeImage(arguments).Succeeds();

        Assert.DoesNotContain("Generating native code", second.Output);
        CollectionAssert.AreEqual(before, files.Select(File.GetLastWriteTimeUtc).ToArray());
        RegistryRequest[] asked = [.. registry.Requests.Skip(requests).Where(r => r.Path.Contains("agent", StringComparison.Ordinal))];
        Assert.HasCount(1, asked);
        Assert.AreEqual("HEAD", asked[0].Method);

        // The same commit again, with nothing left of the images but what was compiled.
        Directory.Delete(edge, recursive: true);
        project.EdgeImage("-p:EdgeRuntimeIdentifiers=linux-arm64%3Blinux-x64").Succeeds();
        Assert.AreEqual(index, Raw($"oci:{Path.Combine(edge, "oci")}"));
    }
}
