namespace EdgeSlim.Tests;

/// <summary>An application for musl, with .NET's own runtime for it.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class MuslTests
{
    [TestMethod]
    [Rotating(12)]
    public void A_trimmed_application_for_musl_runs_on_musl()
    {
        using AgentProject project = new(
            "Musl",
            "<EdgeMode>trimmed</EdgeMode><RuntimeIdentifier>linux-musl-x64</RuntimeIdentifier><ContainerBaseImage>oci:base</ContainerBaseImage><EdgeOutputPath>edge</EdgeOutputPath>",
            code: "Console.WriteLine($\"{System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier} {Environment.UserName} {Environment.CurrentDirectory}\");");
        MuslBase.Create(Path.Combine(project.Folder, "base"));
        project.Write(".gitignore", "bin/\nobj/\nbase/\nedge/\n");
        string commit = project.Commit();

        // The base's C++ library is made for glibc, and the link check sees it.
        CommandResult mixed = project.EdgeImage();
        mixed.FailsWith("EDGE2009");
        Assert.Contains("'/usr/lib/libstdc++.so.6' is made for Glibc", mixed.Output);

        project.EdgeImage("-p:EdgeLoad=true", "-p:EdgeLinkCheckIgnore=\"/usr/lib/libstdc++.so.6;/usr/lib/libgcc_s.so.1\"").Succeeds();
        string image = $"localhost/musl:{commit[..12]}";
        try
        {
            Assert.Contains(
                "linux-musl-x64 app /app",
                Podman.RunWith(["--network=none", "--read-only", "--memory=64m", "--cap-drop=ALL"], image).Succeeds().Output);
        }
        finally
        {
            Podman.Remove(image);
        }

        string facts = File.ReadAllText(Path.Combine(project.Folder, "edge/facts.json"));
        Assert.Contains("\"name\": \"musl\"", facts);
        Assert.Contains("\"/lib/ld-musl-x86_64.so.1\"", facts);
    }
}
