using EdgeSlim.Inputs;

namespace EdgeSlim.Tests.Inputs;

[TestClass]
public sealed class InputReaderTests
{
    private static readonly Dictionary<string, string> Plain = new() { ["EdgeBase"] = "oci:base", ["Settings"] = "settings.json", ["Greeting"] = "one" };

    [TestMethod]
    public void Each_change_of_a_property_an_item_or_a_file_is_a_difference_with_a_name()
    {
        using TemporaryFolder folder = Create();
        BuildInputs before = Read(folder, Plain, new ProjectItem("Compile", "Program.cs", []));

        Assert.IsEmpty(Read(folder, Plain, new ProjectItem("Compile", "Program.cs", [])).Differences(before));
        Differs("property Greeting", new(Plain) { ["Greeting"] = "two" }, [new ProjectItem("Compile", "Program.cs", [])]);
        Differs("property Added", new(Plain) { ["Added"] = "" }, [new ProjectItem("Compile", "Program.cs", [])]);
        Differs("item Compile", Plain, [new ProjectItem("Compile", "Program.cs", [KeyValuePair.Create("Link", "Other.cs")])]);
        Differs("item Content", Plain, [new ProjectItem("Compile", "Program.cs", []), new ProjectItem("Content", "none.txt", [])]);
        foreach (string file in (string[])["Program.cs", "settings.json", "base/index.json", "obj/project.assets.json", "shared/Common.props"])
        {
            BuildInputs earlier = Read(folder, Plain, new ProjectItem("Compile", "Program.cs", []));
            File.AppendAllText(folder[file], " ");
            Assert.AreEqual($"file {folder[file]}", Read(folder, Plain, new ProjectItem("Compile", "Program.cs", [])).Differences(earlier).Single());
        }

        void Differs(string expected, Dictionary<string, string> properties, ProjectItem[] items) =>
            Assert.AreEqual(expected, Read(folder, properties, items).Differences(before).Single());
    }

    [TestMethod]
    public void What_builds_write_and_what_differs_in_each_of_them_is_no_input()
    {
        using TemporaryFolder folder = Create();
        ProjectItem[] items = [new("Compile", "obj/Generated.cs", []), new("FileWrites", "obj/a", []), new("_CleanPriorFileWrites", "obj/b", [])];
        folder.Write("obj/Generated.cs", "one");
        BuildInputs before = Read(folder, new(Plain) { ["SHLVL"] = "1", ["SSH_TTY"] = "/dev/pts/1" }, items);

        folder.Write("obj/Generated.cs", "another");
        Assert.IsEmpty(Read(folder, new(Plain) { ["SHLVL"] = "2" }, items[0], new ProjectItem("FileWrites", "obj/c", [])).Differences(before));
    }

    [TestMethod]
    public void A_tool_that_is_replaced_behind_a_link_is_a_difference()
    {
        using TemporaryFolder folder = Create();
        folder.Write("tools/clang-1", "one");
        File.CreateSymbolicLink(folder["tools/clang"], "clang-1");
        BuildInputs before = Read(folder, Plain);

        File.WriteAllText(folder["tools/clang-1"], "the next one");

        Assert.AreEqual($"file {folder["tools/clang"]}", Read(folder, Plain).Differences(before).Single());
    }

    [TestMethod]
    public void A_value_is_not_kept_itself() =>
        Assert.DoesNotContain("s3cret", string.Concat(Read(new TemporaryFolder(), new() { ["Password"] = "s3cret" }).Hashes.Select(h => h.Key + h.Value)));

    [TestMethod]
    public void The_same_content_with_another_time_is_the_same_and_a_file_that_is_not_there_is_another()
    {
        using TemporaryFolder folder = Create();
        string[] files = [folder["Program.cs"], folder["settings.json"]];
        IReadOnlyList<string> before = ContentMemory.Describe(files, []);

        File.SetLastWriteTimeUtc(files[0], DateTime.UtcNow.AddDays(1));
        Assert.IsTrue(ContentMemory.AreSame(before, ContentMemory.Describe(files, before)));
        Assert.IsFalse(ContentMemory.AreSame(before, ContentMemory.Describe(files[..1], before)));
        File.Delete(files[1]);
        Assert.IsFalse(ContentMemory.AreSame(before, ContentMemory.Describe(files, before)));
        Assert.IsFalse(ContentMemory.AreSame(["damaged"], ContentMemory.Describe(files, ["damaged"])));
    }

    private static TemporaryFolder Create()
    {
        TemporaryFolder folder = new();
        foreach (string file in (string[])["Program.cs", "settings.json", "base/index.json", "obj/project.assets.json", "shared/Common.props"])
        {
            folder.Write(file, file);
        }

        return folder;
    }

    private static BuildInputs Read(TemporaryFolder folder, Dictionary<string, string> properties, params ProjectItem[] items) =>
        new InputReader(folder.Path, [folder["obj"] + "/"]).Read(
            new ProjectContent(properties, items, [folder["shared/Common.props"]]), ["obj/project.assets.json"], folder["tools"]);
}
