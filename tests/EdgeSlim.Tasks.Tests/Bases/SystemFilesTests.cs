using EdgeSlim.Bases;
using EdgeSlim.Diagnostics;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Tests.Bases;

[TestClass]
public sealed class SystemFilesTests
{
    [TestMethod]
    public void The_certificates_that_the_user_names_go_where_NET_looks_for_them()
    {
        using TemporaryFolder folder = new();
        string bundle = folder.Write("own.pem", "certificates");

        SystemFile file = new SystemFiles(new SystemFileOptions { CaCertificates = bundle }, new FolderFileSystem("/")).CaCertificates();

        Assert.AreEqual(new SystemFile(bundle, "/etc/ssl/certs/ca-certificates.crt"), file);
    }

    [TestMethod]
    public void Certificates_that_are_not_there_are_named()
    {
        SystemFiles files = new(new SystemFileOptions { CaCertificates = "/nowhere/own.pem" }, new FolderFileSystem("/"));

        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => files.CaCertificates());

        Assert.AreEqual(DiagnosticCodes.NoCaCertificates, e.Code);
        Assert.Contains("/nowhere/own.pem", e.Message);
    }

    [TestMethod]
    public void All_time_zones_come_with_their_links_and_without_what_is_not_read()
    {
        using TemporaryFolder folder = ZoneInfo();

        IReadOnlyList<SystemFile> files = new SystemFiles(new SystemFileOptions { ZoneInfoFolder = folder.Path }, new FolderFileSystem("/")).TimeZones();

        CollectionAssert.AreEqual(
            new[]
            {
                new SystemFile(null, "/usr/share/zoneinfo/Cuba", "America/Havana"),
                new SystemFile(folder["America/Havana"], "/usr/share/zoneinfo/America/Havana"),
                new SystemFile(folder["UTC"], "/usr/share/zoneinfo/UTC"),
                new SystemFile(folder["zone1970.tab"], "/usr/share/zoneinfo/zone1970.tab"),
            }.OrderBy(f => f.TargetPath, StringComparer.Ordinal).ToArray(),
            files.ToArray());
    }

    [TestMethod]
    public void A_zone_that_is_taken_alone_is_copied_even_where_its_name_is_a_link()
    {
        using TemporaryFolder folder = ZoneInfo();
        SystemFileOptions options = new() { ZoneInfoFolder = folder.Path, TimeZones = ["UTC", "Cuba"] };

        IReadOnlyList<SystemFile> files = new SystemFiles(options, new FolderFileSystem("/")).TimeZones();

        CollectionAssert.AreEqual(
            new[]
            {
                new SystemFile(folder["America/Havana"], "/usr/share/zoneinfo/Cuba"),
                new SystemFile(folder["UTC"], "/usr/share/zoneinfo/UTC"),
            },
            files.ToArray());
    }

    [TestMethod]
    [DataRow("Europe/Atlantis")]
    [DataRow("../../etc/shadow")]
    [DataRow("/etc/passwd")]
    [DataRow("America")]
    public void A_zone_that_is_none_is_refused(string zone)
    {
        using TemporaryFolder folder = ZoneInfo();
        SystemFiles files = new(new SystemFileOptions { ZoneInfoFolder = folder.Path, TimeZones = [zone] }, new FolderFileSystem("/"));

        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => files.TimeZones());

        Assert.AreEqual(DiagnosticCodes.NoTimeZones, e.Code);
        Assert.Contains(zone, e.Message);
    }

    [TestMethod]
    public void A_machine_without_time_zones_is_told_so()
    {
        SystemFiles files = new(new SystemFileOptions { ZoneInfoFolder = "/nowhere/zoneinfo" }, new FolderFileSystem("/"));

        Assert.AreEqual(DiagnosticCodes.NoTimeZones, Assert.ThrowsExactly<EdgeException>(() => files.TimeZones()).Code);
    }

    private static TemporaryFolder ZoneInfo()
    {
        TemporaryFolder folder = new();
        folder.Write("America/Havana", "TZif");
        folder.Write("UTC", "TZif");
        folder.Write("zone1970.tab", "#");
        folder.Write("posix/UTC", "TZif");
        folder.Write("right/UTC", "TZif");
        File.CreateSymbolicLink(folder["Cuba"], "America/Havana");
        File.CreateSymbolicLink(folder["localtime"], "/etc/localtime");
        return folder;
    }
}
