using EdgeSlim.Bases;
using EdgeSlim.Composition;
using EdgeSlim.Oci;

namespace EdgeSlim.Tests.Composition;

[TestClass]
public sealed class SystemLayerTests
{
    [TestMethod]
    public void The_layer_has_folders_before_files_and_times_that_never_change()
    {
        using TemporaryFolder folder = new();
        string bundle = folder.Write("own.pem", "12345");

        LayerPlan layer = SystemLayer.Plan(
        [
            new SystemFile(null, "/usr/share/zoneinfo/Cuba", "America/Havana"),
            new SystemFile(bundle, "/etc/ssl/certs/ca-certificates.crt"),
        ],
        isOfBase: false);

        Assert.AreEqual(DateTimeOffset.UnixEpoch, layer.Time);
        CollectionAssert.AreEqual(
            new[]
            {
                "etc/", "etc/ssl/", "etc/ssl/certs/", "etc/ssl/certs/ca-certificates.crt", "usr/", "usr/share/",
                "usr/share/zoneinfo/", "usr/share/zoneinfo/Cuba -> America/Havana",
            },
            layer.Entries.Select(Show).ToArray());
        Assert.AreEqual(5, layer.Entries.Single(e => e.Source is not null).Size);
    }

    [TestMethod]
    public void A_link_is_a_link_in_the_archive()
    {
        LayerPlan layer = SystemLayer.Plan([new SystemFile(null, "/a/b", "c/" + new string('d', 150))], isOfBase: false);
        using MemoryStream output = new();
        LayerWriter.Write(layer, output, CancellationToken.None);
        output.Position = 0;

        using System.IO.Compression.GZipStream gzip = new(output, System.IO.Compression.CompressionMode.Decompress);
        using System.Formats.Tar.TarReader tar = new(gzip);
        tar.GetNextEntry();
        System.Formats.Tar.TarEntry link = tar.GetNextEntry()!;

        Assert.AreEqual(System.Formats.Tar.TarEntryType.SymbolicLink, link.EntryType);
        Assert.AreEqual("c/" + new string('d', 150), link.LinkName);
    }

    [TestMethod]
    public void What_the_application_brings_itself_is_not_taken_from_the_build_machine()
    {
        using TemporaryFolder folder = new();
        BaseImage scratch = BaseImage.Scratch with
        {
            SystemFiles = [new SystemFile(folder.Write("own.pem", "1"), "/etc/ssl/certs/ca-certificates.crt")],
        };

        Assert.HasCount(3, PlanSamples.Plan(PlanSamples.Payload(), baseImage: scratch).Layers);
        Assert.HasCount(
            2, PlanSamples.Plan(PlanSamples.Payload(PlanSamples.FileAt("/etc/ssl/certs/ca-certificates.crt")), baseImage: scratch).Layers);
    }

    private static string Show(LayerEntry entry) =>
        entry.IsFolder ? entry.Path + "/" : entry.LinkTarget is null ? entry.Path : $"{entry.Path} -> {entry.LinkTarget}";
}
