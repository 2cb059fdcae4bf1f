using EdgeSlim.Git;

namespace EdgeSlim.Tests.Git;

[TestClass]
public sealed class LargeFilePointerTests
{
    private const string Hash = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    private const string Version = "version https://git-lfs.github.com/spec/v1\n";

    [TestMethod]
    [DataRow(Version + "oid sha256:" + Hash + "\nsize 2\n")]
    [DataRow(Version + "ext-0-foo sha256:" + Hash + "\noid sha256:" + Hash + "\nsize 2\n")]
    public void A_pointer_is_read(string text) =>
        Assert.AreEqual(new LargeFilePointer(Hash, 2), LargeFilePointer.Parse(text));

    [TestMethod]
    [DataRow("")]
    [DataRow("{}")]
    [DataRow("oid sha256:" + Hash + "\nsize 2\n")]
    [DataRow(Version + "oid md5:" + Hash + "\nsize 2\n")]
    [DataRow(Version + "oid sha256:" + Hash + "\nsize -2\n")]
    [DataRow(Version + "oid sha256:" + Hash + "\nsize 99999999999999999999\n")]
    [DataRow(Version + "oid sha256:" + Hash + "\nsize 2\nmore\n")]
    public void Other_text_is_no_pointer(string text) =>
        Assert.IsNull(LargeFilePointer.Parse(text));

    [TestMethod]
    public void A_file_matches_by_size_and_content()
    {
        using TemporaryFolder folder = new();
        FileInfo file = new(folder.Write("file", "{}"));
        Assert.IsTrue(new LargeFilePointer(Hash, 2).Matches(file));
        Assert.IsFalse(new LargeFilePointer(Hash, 3).Matches(file));
        Assert.IsFalse(new LargeFilePointer(new string('0', 64), 2).Matches(file));
        Assert.IsFalse(new LargeFilePointer(Hash, 2).Matches(new FileInfo(folder["none"])));
    }
}
