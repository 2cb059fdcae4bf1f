using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>Bases that the user names: pulled through a mirror, locked, from an archive, and refused.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class NamedBaseTests
{
    [TestMethod]
    [TestCategory(TestKinds.Container)]
    [TestCategory(TestKinds.Registry)]
    [TestCategory(TestKinds.Long)]
    public void A_base_of_the_catalogue_comes_through_a_mirror_is_locked_and_runs()
    {
        using PublishedProject project = Create();
        using DockerRegistry registry = DockerRegistry.Start();
        using TemporaryFolder folder = new();
        DebianBase.Create(folder["debian"], "dash", "libstdc++6");
        BaseImages.Push(folder["debian"], registry, "hub/library/debian:trixie-slim");
        string[] named = ["-p:EdgeBase=debian-slim", $"-p:EdgeBaseMirror=docker.io={registry.Address}/hub", $"-p:ContainerRepository={project.ImageName}"];
        string lockFile = Path.Combine(project.Folder, "edge.lock.json");

        // Without a lock file, locked mode has nothing to go by.
        project.EdgeImage([.. named, "-p:EdgeLockedMode=true"]).FailsWith("EDGE2066");
        project.Build("EdgeUpdateBase", named).Succeeds();
        string locked = File.ReadAllText(lockFile);
        Assert.Contains("\"reference\": \"docker.io/library/debian:trixie-slim\"", locked);
        Assert.Contains($"\"resolvedFrom\": \"{registry.Address}/hub/library/debian:trixie-slim\"", locked);

        project.EdgeImage([.. named, "-p:EdgeLockedMode=true", "-p:EdgeLoad=true"]).Succeeds();
        JsonElement seen = project.Facts.GetProperty("image").GetProperty("base");
        Assert.AreEqual("docker.io/library/debian:trixie-slim", seen.GetProperty("name").GetString());
        Assert.StartsWith($"{registry.Address}/hub/library/debian@sha256:", seen.GetProperty("pulledFrom").GetString());
        Assert.IsTrue(seen.GetProperty("isLocked").GetBoolean());
        Assert.AreEqual("glibc", seen.GetProperty("contents").GetProperty("cLibrary").GetString());
        Assert.Contains("\"shell\"", seen.GetProperty("contents").GetRawText());
        Runs(project);

        // The tag moves on, and the locked base does not; what was pulled is not asked for again.
        string first = File.ReadAllText(Path.Combine(project.Layout, "index.json"));
        GlibcBase.Create(folder["newer"]);
        BaseImages.Push(folder["newer"], registry, "hub/library/debian:trixie-slim");
        int asked = registry.Requests.Count;
        project.EdgeImage(named).Succeeds();
        Assert.AreEqual(first, File.ReadAllText(Path.Combine(project.Layout, "index.json")));
        Assert.HasCount(asked, registry.Requests);

        Assert.Contains("and was sha256:", project.Build("EdgeUpdateBase", named).Succeeds().Output);
        project.EdgeImage(named).Succeeds();
        Assert.AreNotEqual(first, File.ReadAllText(Path.Combine(project.Layout, "index.json")));

        // An image that is named by its digest is locked by its name.
        string digest = project.Facts.GetProperty("image").GetProperty("base").GetProperty("digest").GetString()!;
        project.EdgeImage($"-p:EdgeBase={registry.Address}/hub/library/debian@{digest}", "-p:EdgeLockedMode=true").Succeeds();
    }

    [TestMethod]
    [Rotating(10)]
    [TestCategory(TestKinds.Registry)]
    public void Where_the_registry_is_gone_the_base_of_the_last_run_is_used_with_a_warning()
    {
        using PublishedProject project = Create();
        using TemporaryFolder folder = new();
        GlibcBase.Create(folder["base"]);
        string name;
        using (DockerRegistry registry = DockerRegistry.Start())
        {
            BaseImages.Push(folder["base"], registry, "base:1");
            name = $"-p:EdgeBase={registry.Address}/base:1";
            project.EdgeImage(name).Succeeds();
        }

        string index = File.ReadAllText(Path.Combine(project.Layout, "index.json"));
        Assert.Contains("warning EDGE2068", project.EdgeImage(name).Succeeds().Output);
        Assert.AreEqual(index, File.ReadAllText(Path.Combine(project.Layout, "index.json")));
    }

    [TestMethod]
    [Rotating(3)]
    [TestCategory(TestKinds.Container)]
    public void An_archive_of_docker_save_is_a_base()
    {
        using PublishedProject project = Create();
        Command.Require("skopeo", "skopeo");
        using TemporaryFolder folder = new();
        GlibcBase.Create(folder["base"]);
        Command.Run("/", "skopeo", "copy", $"oci:{folder["base"]}:base", $"docker-archive:{folder["base.tar"]}:base:1").Succeeds();

        project.EdgeImage($"-p:EdgeBase={folder["base.tar"]}", "-p:EdgeLoad=true", $"-p:ContainerRepository={project.ImageName}").Succeeds();

        Runs(project);
    }

    [TestMethod]
    public void Each_base_that_cannot_carry_the_application_is_refused_and_nothing_is_delivered()
    {
        using PublishedProject project = Create();
        using TemporaryFolder folder = new();
        BaseImages.WithMusl(folder["musl"]);
        BaseImages.Empty(folder["empty"]);
        BaseImages.WithOldGlibc(folder["old"]);
        GlibcBase.Create(folder["arm"]);
        Command.Run("/", "umoci", "config", "--image", $"{folder["arm"]}:base", "--architecture", "arm64").Succeeds();
        string archive = folder["image.tar"];
        (string Base, string Code)[] refused =
        [
            ($"oci:{folder["musl"]}", "EDGE2009"),
            ($"oci:{folder["empty"]}", "EDGE2001"),
            ($"oci:{folder["old"]}", "EDGE2007"),
            ($"oci:{folder["arm"]}", "EDGE2002"),
            ("alpine", "EDGE2062"),
            ("debain-slim", "EDGE2061"),
            (folder["missing.tar"], "EDGE2003"),
        ];
        foreach ((string name, string code) in refused)
        {
            project.EdgeImage($"-p:EdgeBase={name}", $"-p:ContainerArchiveOutputPath={archive}").FailsWith(code);
            Assert.IsFalse(File.Exists(archive), name);
        }
    }

    [TestMethod]
    [TestCategory(TestKinds.Registry)]
    public void A_catalogue_of_the_users_own_adds_a_base_and_warns_of_its_end()
    {
        using PublishedProject project = Create();
        using TemporaryFolder folder = new();
        using DockerRegistry registry = DockerRegistry.Start();
        GlibcBase.Create(folder["base"]);
        BaseImages.Push(folder["base"], registry, "house:10.0");
        string catalogue = folder.Write("bases.json", $$"""
            { "bases": { "house": { "cLibrary": "glibc", "endOfLife": "2020-01-01",
              "images": [ { "uses": ["selfcontained"], "reference": "{{registry.Address}}/house:{version}" } ] } } }
            """);

        string output = project.EdgeImage("-p:EdgeBase=house", $"-p:EdgeBaseCatalog={catalogue}").Succeeds().Output;

        Assert.Contains("warning EDGE2064", output);
        Assert.Contains("since 2020-01-01", output);
        Assert.Contains($"{registry.Address}/house:10.0: asked for by EdgeBase", output);
    }

    [TestMethod]
    public void EdgeBase_wins_over_ContainerBaseImage()
    {
        using PublishedProject project = Create();
        using TemporaryFolder folder = new();
        GlibcBase.Create(folder["base"]);

        string output = project.EdgeImage($"-p:EdgeBase=oci:{folder["base"]}", "-p:ContainerBaseImage=mcr.microsoft.com/not/there:1").Succeeds().Output;

        Assert.Contains("asked for by EdgeBase", output);
    }

    private static PublishedProject Create()
    {
        PublishedProject project = new(Apps.Emitter);
        project.Write(".gitignore", "bin/\nobj/\nedge.lock.json\n");
        project.Commit();
        return project;
    }

    private static void Runs(PublishedProject project)
    {
        string image = $"localhost/{project.ImageName}:{project.Tag}";
        try
        {
            Assert.Contains("ready", Podman.RunWith(["--network=none", "--memory=64m", "--read-only", "--cap-drop=ALL"], image).Succeeds().Output);
        }
        finally
        {
            Podman.Remove(image);
        }
    }
}
