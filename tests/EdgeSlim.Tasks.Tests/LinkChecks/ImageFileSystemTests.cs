using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Tests.LinkChecks;

[TestClass]
public sealed class ImageFileSystemTests
{
    [TestMethod]
    [DataRow("/etc/a/../b", "/etc/b")]
    [DataRow("./etc//b/", "/etc/b")]
    [DataRow("../../b", "/b")]
    [DataRow("", "/")]
    public void Paths_are_made_plain(string path, string plain) => Assert.AreEqual(plain, ImageFileSystem.Normalize(path));

    [TestMethod]
    public void Links_are_followed_wherever_they_stand()
    {
        ImageFileSystem files = Files(
            File("/usr/lib/libone.so.1.2"), Link("/usr/lib/libone.so", "libone.so.1.2"), Link("/lib", "usr/lib"), Link("/opt/up", "../lib"));
        Assert.AreEqual("/usr/lib/libone.so.1.2", files.Find("/opt/up/libone.so")!.Path);
        Assert.AreEqual("/usr/lib/libone.so.1.2", files.Find("lib/../lib/./libone.so")!.Path);
        Assert.IsNull(files.Find("/lib/libtwo.so"));
    }

    [TestMethod]
    public void Links_in_a_circle_lead_nowhere()
    {
        ImageFileSystem files = Files(Link("/a", "b"), Link("/b", "/a"), Link("/c", "c/c"));
        Assert.IsNull(files.Find("/a"));
        Assert.IsNull(files.Find("/c/x"));
    }

    [TestMethod]
    public void A_file_of_an_upper_layer_lands_behind_the_link_of_a_lower_one()
    {
        ImageFileSystem files = Files(Folder("/usr/lib"), Link("/lib", "usr/lib"), File("/lib/one.so", 1));
        Assert.AreEqual("/usr/lib/one.so", files.Find("/lib/one.so")!.Path);
    }

    [TestMethod]
    public void What_changes_its_kind_takes_all_below_it_away()
    {
        Assert.IsNull(Files(File("/a/b/c"), File("/a", 1)).Find("/a/b/c"));
        Assert.IsNull(Files(File("/usr/bin/sh"), Link("/bin", "usr/bin"), Folder("/bin", 1)).Find("/bin/sh"));
        Assert.IsNotNull(Files(File("/a/b/c"), Folder("/a", 1)).Find("/a/b/c"));
    }

    [TestMethod]
    public void A_whiteout_takes_away_what_lower_layers_have()
    {
        ImageFileSystem files = Files(File("/a/b/c"), File("/a/d"), File("/a/b/e", 1));
        files.Remove("/a/b", 1);
        Assert.IsNull(files.Find("/a/b/c"));
        Assert.IsNotNull(files.Find("/a/b/e"));
        Assert.IsNotNull(files.Find("/a/d"));
    }

    [TestMethod]
    public void An_opaque_whiteout_takes_away_all_that_lower_layers_have_in_a_folder()
    {
        ImageFileSystem files = Files(File("/a/b/c"), File("/a/d"), File("/ab"), File("/a/c/e"), File("/a/new", 1), File("/a/c/new", 1));
        files.Clear("/a", 1);
        Assert.AreSequenceEqual(["/a", "/a/c", "/a/c/new", "/a/new", "/ab"], files.Entries.Select(e => e.Path));
    }

    private static ImageFileSystem Files(params ImageEntry[] entries)
    {
        ImageFileSystem files = new();
        foreach (ImageEntry entry in entries)
        {
            files.Add(entry);
        }

        return files;
    }

    private static ImageEntry File(string path, int layer = 0) =>
        new() { Path = path, Kind = ImageEntryKind.File, Mode = 0b110_100_100, Layer = layer };

    private static ImageEntry Folder(string path, int layer = 0) =>
        new() { Path = path, Kind = ImageEntryKind.Folder, Mode = 0b111_101_101, Layer = layer };

    private static ImageEntry Link(string path, string target, int layer = 0) =>
        new() { Path = path, Kind = ImageEntryKind.Link, Mode = 0b111_111_111, LinkTarget = target, Layer = layer };
}
