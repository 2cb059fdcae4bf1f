using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>Applications that need files of a base, and get just these: of this machine, or of another image.</summary>
[TestClass]
public sealed class SliceTests
{
    private static readonly string[] Limits = ["--network=none", "--read-only", "--memory=64m", "--cap-drop=ALL", "--user=65532"];

    [TestMethod]
    public void An_application_with_SQLite_goes_on_a_slice_of_this_machine()
    {
        using AgentProject project = new(
            "Database",
            items: "<PackageReference Include=\"Microsoft.Data.Sqlite\" Version=\"10.0.15\" />",
            code: """
                using Microsoft.Data.Sqlite;
                using SqliteConnection connection = new("Data Source=:memory:");
                connection.Open();
                using SqliteCommand command = connection.CreateCommand();
                command.CommandText = "select 'SQLite', round(sqrt(2), 3)";
                using SqliteDataReader reader = command.ExecuteReader();
                reader.Read();
                Console.WriteLine($"{reader.GetString(0)} {reader.GetDouble(1)}");
                """);
        string commit = project.Commit();
        string output = project.EdgeImage("-p:EdgeLoad=true", "-v:n").Succeeds().Output;
        Assert.DoesNotContain("warning EDGE20", output);
        Assert.DoesNotContain("EDGE2101", output);
        Assert.Contains("Base: sliced.", output);
        string image = $"localhost/database:{commit[..12]}";
        try
        {
            Assert.Contains("SQLite 1.414", Podman.RunWith(Limits, image).Succeeds().Output);
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
        Assert.DoesNotContain("libssl", SlicedFiles(project));
        Assert.Contains("libc6", Packages(project));

        // Nothing is sliced again, and when it is, it is the same.
        Assert.Contains("Skipping target \"_EdgeSlimChooseBase\"", project.EdgeImage("-v:n").Succeeds().Output);
        string index = File.ReadAllText(Path.Combine(project.Layout, "index.json"));
        Directory.Delete(Path.Combine(project.Folder, "obj/Release/net10.0/linux-x64/edge"), recursive: true);
        Directory.Delete(project.EdgeFolder, recursive: true);
        project.EdgeImage().Succeeds();
        Assert.AreEqual(index, File.ReadAllText(Path.Combine(project.Layout, "index.json")));

        // What the user says holds.
        project.EdgeImage("-p:EdgeStatic=true").FailsWith("EDGE2026");

        // A library that is linked in leaves nothing to be opened: static again, without the package's own.
        string library = Command.Run("/", "gcc", "-print-file-name=libsqlite3.a").Succeeds().Output.Trim();
        project.Write(
            "Directory.Build.targets",
            $"""
            <Project>
              <ItemGroup>
                <DirectPInvoke Include="e_sqlite3" />
                <NativeLibrary Include="{library}" />
              </ItemGroup>
            </Project>
            """);
        commit = project.Commit();
        output = project.EdgeImage("-p:EdgeLoad=true", "-v:n").Succeeds().Output;
        Assert.Contains("Base: scratch.", output);
        Assert.Contains("Left out libe_sqlite3.so", output);
        image = $"localhost/database:{commit[..12]}";
        try
        {
            Assert.Contains("SQLite 1.414", Podman.RunWith(Limits, image).Succeeds().Output);
        }
        finally
        {
            Podman.Remove(image);
        }
    }

    [TestMethod]
    public void OpenSSL_and_a_shell_are_taken_of_this_machine_or_of_an_image()
    {
        using AgentProject project = new(
            "Tools",
            "<EdgeStatic>false</EdgeStatic>",
            "<EdgeNeed Include=\"shell\" />",
            """
            using System.Diagnostics;
            Console.WriteLine(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData([1])));
            using Process shell = Process.Start("/bin/sh", ["-c", "echo from the shell $((6 * 7))"]);
            shell.WaitForExit();
            """);
        string commit = project.Commit();
        project.EdgeImage("-p:EdgeLoad=true").Succeeds();
        Runs(commit);
        Assert.Contains("libssl.so.3", SlicedFiles(project));
        Assert.Contains("/bin/sh", SlicedFiles(project));
        AssertScannersSee(project, "libc6", "libssl3", "dash");

        DebianBase.Create(Path.Combine(project.Folder, "bin/base"), "dash", "libssl3");
        string[] fromImage = ["-p:EdgeLoad=true", "-p:EdgeSliceFrom=oci:bin/base"];
        project.EdgeImage(fromImage).Succeeds();
        Runs(commit);
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
        using AgentProject project = new(
            "Trimmed",
            "<EdgeMode>trimmed</EdgeMode>",
            code: "Console.WriteLine($\"{Environment.UserName} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData([1]))[..8]}\");");
        string commit = project.Commit();
        project.EdgeImage("-p:EdgeLoad=true").Succeeds();
        string image = $"localhost/trimmed:{commit[..12]}";
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

    private static void AssertScannersSee(AgentProject project, params string[] packages)
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

    private static void Runs(string commit)
    {
        string image = $"localhost/tools:{commit[..12]}";
        try
        {
            string output = Podman.RunWith(Limits, image).Succeeds().Output;
            Assert.Contains("4BF5122F344554C53BDE2EBB8CD2B7E3D1600AD631C385A5D7CCE23C7785459A", output);
            Assert.Contains("from the shell 42", output);
        }
        finally
        {
            Podman.Remove(image);
        }
    }

    private static JsonElement Base(AgentProject project)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(project.EdgeFolder, "facts.json")));
        return document.RootElement.GetProperty("image").GetProperty("base").Clone();
    }

    private static string SlicedFiles(AgentProject project) => string.Join(' ', Base(project).GetProperty("slice")
        .GetProperty("files").EnumerateArray().Select(f => f.GetProperty("path").GetString()));

    private static string[] Packages(AgentProject project) => [.. Base(project).GetProperty("slice")
        .GetProperty("packages").EnumerateArray().Select(p => p.GetProperty("name").GetString()!)];
}
