using EdgeSlim.Profiles;
using EdgeSlim.Profiles.Tracing;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Tests.Profiles;

[TestClass]
public sealed class UnopenedFilesTests
{
    [TestMethod]
    public void What_nobody_opened_executed_or_looked_for_is_listed_the_largest_first()
    {
        ImageFileSystem files = new();
        foreach ((string path, long bytes) in ((string, long)[])
        [
            ("/app/Agent", 900), ("/app/agent.json", 1), ("/app/unused.dat", 5), ("/lib/libz.so.1.3", 7),
            ("/usr/share/zoneinfo/Europe/Vienna", 2), ("/usr/share/zoneinfo/UTC", 8), ("/etc/localtime", 3),
        ])
        {
            files.Add(new ImageEntry { Path = path, Kind = ImageEntryKind.File, Mode = 0, Bytes = bytes });
        }

        files.Add(new ImageEntry { Path = "/lib/libz.so.1", Kind = ImageEntryKind.Link, Mode = 0, LinkTarget = "libz.so.1.3" });
        Trace trace = new()
        {
            Tracer = "bpftrace",
            RuntimeSyscalls = [],
            Syscalls = [],
            Opened = ["agent.json", "/lib/libz.so.1", "Europe/Vienna", "/gone"],
            Seen = ["/etc/localtime"],
            Programs = ["/app/Agent"],
            Connections = [],
            Bound = [],
        };

        Assert.AreSequenceEqual(
            [new UnopenedFile("/usr/share/zoneinfo/UTC", 8), new UnopenedFile("/app/unused.dat", 5)],
            UnopenedFiles.Find(files, "/app", trace));
    }
}
