using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>The image of the sample that a newcomer sees first, and what lies beside it.</summary>
[TestClass]
[TestCategory(TestKinds.Compiler)]
public sealed class HelloAgentTests
{
    private static PublishedProject _project = null!;
    private static CommandResult _result = null!;
    private static string _tag = "";

    [ClassInitialize]
    public static void Publish(TestContext context)
    {
        _project = new PublishedProject(Apps.Hello);
        _tag = _project.Commit()[..12];
        _result = _project.EdgeImage("-p:EdgeSbomFormat=both").Succeeds();
    }

    [ClassCleanup]
    public static void Remove() => _project.Dispose();

    [TestMethod]
    public void The_symbols_lie_where_a_debugger_looks_for_them()
    {
        using PublishedProject project = new(Apps.Hello);
        project.Commit();
        project.EdgeImage().Succeeds();
        string notes = Command.Run("/", "readelf", "-n", project.Binary).Succeeds().Output;
        string buildId = notes.Split("Build ID: ")[1].Split('\n')[0].Trim();
        string symbols = Path.Combine(project.EdgeFolder, $"symbols/.build-id/{buildId[..2]}/{buildId[2..]}.debug");

        Assert.IsTrue(File.Exists(symbols), symbols);
        Assert.Contains(".debug_info", Command.Run("/", "readelf", "-SW", symbols).Succeeds().Output);

        // Also after a run in which nothing changed, for which the SDK copies them again.
        string copied = Path.Combine(project.Folder, "bin/edge/Release/net10.0/linux-x64/publish/HelloAgent.dbg");
        File.Copy(symbols, copied);
        project.EdgeImage().Succeeds();
        Assert.IsTrue(File.Exists(symbols), symbols);
        Assert.IsFalse(File.Exists(copied));
    }

    [TestMethod]
    public void The_facts_name_what_was_left_out_and_why()
    {
        JsonElement excluded = _project.Facts.GetProperty("payload").GetProperty("excluded")[0];

        Assert.AreEqual("HelloAgent.dbg", excluded.GetProperty("path").GetString());
        Assert.IsGreaterThan(1_000_000, excluded.GetProperty("size").GetInt64());
        Assert.Contains("symbols", excluded.GetProperty("reason").GetString()!);
    }

    [TestMethod]
    public Task The_bills_of_materials_have_what_was_restored() =>
        SampleSbom.HoldsAsync(_project.Folder, _project.EdgeFolder, SampleSbom.Toolchain);

    [TestMethod]
    public void The_root_file_system_has_what_dotnet_needs_and_nothing_else()
    {
        Command.Require("umoci", "umoci");
        using TemporaryFolder folder = new();
        string bundle = folder["bundle"];
        Command.Run(folder.Path, "umoci", "unpack", "--image", $"{_project.Layout}:{_tag}", bundle).Succeeds();

        string listing = Command.Run(
            Path.Combine(bundle, "rootfs"), "find", ".", "-mindepth", "1", "-printf", "%P %m %U:%G\\n").Succeeds().Output;
        string[] expected =
        [
            "app 755 0:0",
            "app/HelloAgent 755 0:0",
            "etc 755 0:0",
            "etc/group 644 0:0",
            "etc/passwd 644 0:0",
            "home 755 0:0",
            "home/nonroot 700 65532:65532",
            "tmp 1777 0:0",
            "usr 755 0:0",
            "usr/share 755 0:0",
            "usr/share/sbom 755 0:0",
            "usr/share/sbom/HelloAgent.cdx.json 644 0:0",
        ];
        string[] actual = [.. listing.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(expected, actual, listing);
    }

    [TestMethod]
    public void It_needs_the_users_name_and_nothing_else()
    {
        JsonElement needs = _project.Facts.GetProperty("needs");
        Assert.AreEqual("user certain", Summary(needs, "needs"));
        Assert.AreEqual("", Summary(needs, "refused"));
        Assert.DoesNotContain("EDGE20", _result.Output);

        Assert.AreEqual("mstat", needs.GetProperty("needs")[0].GetProperty("evidence")[0].GetProperty("source").GetString());
        JsonElement cLibrary = needs.GetProperty("cLibrary");
        Assert.AreEqual("glibc", cLibrary.GetProperty("name").GetString());
        Assert.IsTrue(cLibrary.GetProperty("isStatic").GetBoolean());
    }

    [TestMethod]
    public void Nothing_is_looked_for_or_written_again_when_nothing_changed()
    {
        using PublishedProject project = new(Apps.Hello);
        project.Commit();
        project.EdgeImage().Succeeds();
        IReadOnlyList<string> before = project.Written;

        project.EdgeImage().Succeeds();

        Assert.AreSequenceEqual(before, project.Written);
    }

    private static string Summary(JsonElement needs, string list) => string.Join(", ", needs.GetProperty(list).EnumerateArray()
        .Select(n => $"{n.GetProperty("name").GetString()} {n.GetProperty("certainty").GetString()}"));
}
