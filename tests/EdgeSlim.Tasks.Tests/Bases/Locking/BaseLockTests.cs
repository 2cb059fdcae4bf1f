using EdgeSlim.Bases;
using EdgeSlim.Bases.Locking;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Tests.Bases.Locking;

[TestClass]
public sealed class BaseLockTests
{
    private static readonly Digest Index = Digest.Of("index"u8);
    private static readonly Digest Manifest = Digest.Of("manifest"u8);
    private static readonly Platform Amd64 = new() { OperatingSystem = "linux", Architecture = "amd64" };

    private static readonly BaseLock Sample = BaseLock.Of(
    [
        new LockedBase
        {
            Reference = "docker.io/library/debian:12",
            Digest = Index,
            ResolvedFrom = "mirror.local/debian:12",
            Platforms = [new LockedPlatform("linux/amd64", Manifest)],
        },
        new LockedBase { Reference = "base.tar", Digest = Manifest, Platforms = [] },
    ]);

    [TestMethod]
    public void What_is_written_is_sorted_and_is_read_again()
    {
        using TemporaryFolder folder = new();

        Assert.IsTrue(BaseLockFile.Write(folder["edge.lock.json"], Sample));
        Assert.IsFalse(BaseLockFile.Write(folder["edge.lock.json"], Sample));

        string text = File.ReadAllText(folder["edge.lock.json"]);
        BaseLock read = BaseLockFile.Read(folder["edge.lock.json"])!;
        Assert.AreSequenceEqual(["base.tar", "docker.io/library/debian:12"], read.Bases.Select(b => b.Reference));
        Assert.AreEqual(Manifest, read.Find("docker.io/library/debian:12")!.DigestFor(Amd64));
        Assert.AreEqual(Index, read.Find("docker.io/library/debian:12")!.DigestFor(Amd64 with { Architecture = "arm64" }));
        Assert.EndsWith("}\n", text);
        Assert.DoesNotContain("\r", text);
        Assert.HasCount(1, Directory.GetFiles(folder.Path));
    }

    [TestMethod]
    public void Where_there_is_no_file_nothing_is_locked() => Assert.IsNull(BaseLockFile.Read("/not/there/edge.lock.json"));

    [TestMethod]
    [DataRow("")]
    [DataRow("null")]
    [DataRow("{}")]
    [DataRow("""{ "version": 2, "bases": [] }""")]
    [DataRow("""{ "version": 1, "bases": [ { "reference": "a", "digest": "md5:1" } ] }""")]
    [DataRow("<<<<<<< HEAD")]
    [DataRow("""{ "version": 1, "bases": [ null ] }""")]
    [DataRow("""{ "version": 1, "bases": [ { "reference": "a" } ] }""")]
    public void What_is_no_lock_file_is_said(string text)
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("edge.lock.json", text);

        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => BaseLockFile.Read(file));

        Assert.AreEqual(DiagnosticCodes.LockFileUnreadable, e.Code);
        Assert.Contains(file, e.Message);
    }

    [TestMethod]
    public void A_lock_file_that_cannot_be_written_leaves_nothing_behind()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["edge.lock.json"]);

        Assert.AreEqual(
            DiagnosticCodes.OutputNotWritable,
            Assert.ThrowsExactly<EdgeException>(() => BaseLockFile.Write(folder["edge.lock.json"], Sample)).Code);
        Assert.IsEmpty(Directory.GetFiles(folder.Path));
    }

    [TestMethod]
    public void An_image_is_found_by_every_way_to_write_it()
    {
        BasePins pins = new("edge.lock.json", Sample, isLocked: true);

        Assert.AreEqual(Index, pins.Find(ImageReference.Parse("debian:12"))!.Digest);
        Assert.IsNull(pins.Find(ImageReference.Parse($"debian@{Manifest}")));
    }

    [TestMethod]
    public void Locked_mode_refuses_what_is_not_in_the_file()
    {
        BasePins open = new("edge.lock.json", Sample, isLocked: false);
        BasePins locked = new("edge.lock.json", Sample, isLocked: true);
        BasePins missing = new("edge.lock.json", null, isLocked: true);

        Assert.IsNull(open.Find(ImageReference.Parse("debian:13")));
        foreach (BasePins pins in (BasePins[])[locked, missing])
        {
            EdgeException e = Assert.ThrowsExactly<EdgeException>(() => pins.Find(ImageReference.Parse("debian:13")));
            Assert.AreEqual(DiagnosticCodes.BaseNotLocked, e.Code);
            Assert.AreEqual(
                DiagnosticCodes.BaseNotLocked,
                Assert.ThrowsExactly<EdgeException>(() => pins.Check("other.tar", Manifest, Amd64)).Code);
        }
    }

    [TestMethod]
    public void A_file_on_disk_has_to_be_the_one_that_was_locked()
    {
        BasePins pins = new("edge.lock.json", Sample, isLocked: false);

        Assert.IsTrue(pins.Check("base.tar", Manifest, Amd64));
        Assert.IsFalse(pins.Check("other.tar", Manifest, Amd64));
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => pins.Check("base.tar", Index, Amd64));
        Assert.AreEqual(DiagnosticCodes.BaseDiffersFromLock, e.Code);
    }
}
