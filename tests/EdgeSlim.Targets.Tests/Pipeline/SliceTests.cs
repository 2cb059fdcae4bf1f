using System.Text.Json;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tests;

/// <summary>Applications that need files of a base, and get just these: of this machine, or of another image.</summary>
[TestClass]
[TestCategory(TestKinds.Container)]
[TestCategory(TestKinds.Compiler)]
public sealed class SliceTests
{
    private static readonly string[] Limits = ["--network=none", "--read-only", "--memory=64m", "--cap-drop=ALL", "--user=65532"];

    [TestMethod]
    [Rotating(7)]
    public void An_application_with_SQLite_goes_on_a_slice_of_this_machine()
    {
        using PublishedProject project = new(Apps.Database);
        project.Commit();
        string named = $"-p:ContainerRepository={project.ImageName}";
        string output = Compose(project, "-p:EdgeLoad=true", named);
        Assert.DoesNotContain("warning EDGE20", output);
        Assert.DoesNotContain("EDGE2101", output);
        Assert.Contains("Base: sliced.", output);
        string image = $"localhost/{project.ImageName}:{project.Tag}";
        try
        {
            Assert.MatchesRegex(@"SQLite 3\.[0-9.]+ 1\.414", Podman.RunWith(Limits, image).Succeeds().Output);
        }
        finally
        {
            Podman.Remove(image);
        }

        JsonElement chosen = Base(project);
        Assert.Contains("'e_sqlite3' at run time (", chosen.GetProperty("reason").GetString()!);
        Assert.Contains(" brings libe_sqlite3.so)", chosen.GetProperty("reason").GetString()!);
        Assert.StartsWith(
            "rejected taken notTried",
            string.Join(' ', chosen.GetProperty("ladder").EnumerateArray().Select(r => r.GetProperty("verdict").GetString())));
        Assert.Contains("libc.so.6", SlicedFiles(project));

        // It hashes, but that is linked in.
        Assert.DoesNotContain("libssl", SlicedFiles(project));
        Assert.Contains("libc6", Packages(project));

        // Nothing is sliced again, and when it is, it is the same.
        Assert.DoesNotContain("Base: sliced.", Compose(project, named));
        string index = File.ReadAllText(Path.Combine(project.Layout, "index.json"));
        Directory.Delete(Path.Combine(project.Folder, "obj/edge/Release/net10.0/linux-x64/edge"), recursive: true);
        Directory.Delete(project.EdgeFolder, recursive: true);
        Assert.Contains("Base: sliced.", Compose(project, named));
        Assert.AreEqual(index, File.ReadAllText(Path.Combine(project.Layout, "index.json")));
    }

    [TestMethod]
    public void A_library_that_is_opened_keeps_an_application_from_being_static_whatever_the_user_says()
    {
        using PublishedProject project = new(Apps.StaticDatabase);
        project.Commit();
        project.EdgeImage().FailsWith("EDGE2026");
    }

    [TestMethod]
    [Rotating(4)]
    public void OpenSSL_and_a_shell_are_taken_of_this_machine_or_of_an_image()
    {
        using PublishedProject project = new(Apps.DynamicDatabase, "<ItemGroup><EdgeNeed Include=\"shell\" /></ItemGroup>");
        project.Commit();
        string[] arguments = ["-p:EdgeLoad=true", $"-p:ContainerRepository={project.ImageName}"];
        project.EdgeImage(arguments).Succeeds();
        Runs(project);
        Assert.Contains("libssl.so.3", SlicedFiles(project));
        Assert.Contains("/bin/sh", SlicedFiles(project));
        AssertScannersSee(project, "libc6", "libssl3", "dash");

        DebianBase.Create(Path.Combine(project.Folder, "bin/base"), "dash", "libssl3");
        project.EdgeImage([.. arguments, "-p:EdgeSliceFrom=oci:bin/base"]).Succeeds();
        Runs(project);
        JsonElement slice = Base(project).GetProperty("slice");
        Assert.StartsWith("oci:bin/base (Debian GNU/Linux", slice.GetProperty("source").GetString());

        // An image that has no OpenSSL any more: said, and not delivered.
        string delivered = File.ReadAllText(Path.Combine(project.Layout, "index.json"));
        DebianBase.Remove(Path.Combine(project.Folder, "bin/base"), "/usr/lib/x86_64-linux-gnu/libssl.so.3");
        CommandResult lacking = project.EdgeImage("-p:EdgeSliceFrom=oci:bin/base", "-p:ContainerBaseImage=sliced");
        lacking.FailsWith("EDGE2050");
        Assert.Contains("libssl.so.3 (crypto: ", lacking.Output);
        Assert.AreEqual(delivered, File.ReadAllText(Path.Combine(project.Layout, "index.json")));
    }

    [TestMethod]
    public void A_trimmed_application_goes_on_a_slice_of_this_machine()
    {
        using PublishedProject project = new(Apps.Trimmed);
        project.Commit();
        project.EdgeImage("-p:EdgeLoad=true", $"-p:ContainerRepository={project.ImageName}").Succeeds();
        string image = $"localhost/{project.ImageName}:{project.Tag}";
        try
        {
            Assert.Contains("nonroot 4BF5122F", Podman.RunWith(Limits, image).Succeeds().Output);
        }
        finally
        {
            Podman.Remove(image);
        }

        Assert.Contains("libstdc++.so.6", SlicedFiles(project));
    }

    private static string Compose(PublishedProject project, params string[] arguments) =>
        project.Publish("Publish;_EdgeSlimMakeImage", LoggerVerbosity.Normal, arguments).Succeeds().Output;

    private static void AssertScannersSee(PublishedProject project, params string[] packages)
    {
        JsonElement report = Trivy.Scan(project.Layout);
        Assert.AreEqual("debian", report.GetProperty("Metadata").GetProperty("OS").GetProperty("Family").GetString());
        string[] seen =
        [
            .. report.GetProperty("Results").EnumerateArray()
                .Single(r => r.GetProperty("Class").GetString() == "os-pkgs").GetProperty("Packages").EnumerateArray()
                .Select(p => p.GetProperty("Name").GetString()!),
        ];
        CollectionAssert.IsSubsetOf(packages, seen);
    }

    private static void Runs(PublishedProject project)
    {
        string image = $"localhost/{project.ImageName}:{project.Tag}";
        try
        {
            string output = Podman.RunWith(Limits, image, "all").Succeeds().Output;
            Assert.Contains("4BF5122F344554C53BDE2EBB8CD2B7E3D1600AD631C385A5D7CCE23C7785459A", output);
            Assert.Contains("from the shell 42", output);
        }
        finally
        {
            Podman.Remove(image);
        }
    }

    private static JsonElement Base(PublishedProject project)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(project.EdgeFolder, "facts.json")));
        return document.RootElement.GetProperty("image").GetProperty("base").Clone();
    }

    private static string SlicedFiles(PublishedProject project) => string.Join(' ', Base(project).GetProperty("slice")
        .GetProperty("files").EnumerateArray().Select(f => f.GetProperty("path").GetString()));

    private static string[] Packages(PublishedProject project) => [.. Base(project).GetProperty("slice")
        .GetProperty("packages").EnumerateArray().Select(p => p.GetProperty("name").GetString()!)];
}
