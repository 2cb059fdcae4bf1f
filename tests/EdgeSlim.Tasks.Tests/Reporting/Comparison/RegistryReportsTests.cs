using System.IO.Compression;
using EdgeSlim.Delivery;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;
using EdgeSlim.Registry.Referrers;
using EdgeSlim.Reporting;
using EdgeSlim.Reporting.Comparison;
using EdgeSlim.Reporting.Sizes;
using EdgeSlim.Tests.Delivery;
using EdgeSlim.Tests.Registry;
using EdgeSlim.Tests.Reporting.Pages;
using EdgeSlim.Tests.Reporting.Sizes;

namespace EdgeSlim.Tests.Reporting.Comparison;

/// <summary>Reports beside images, in a real registry.</summary>
[TestClass]
public sealed class RegistryReportsTests
{
    private static readonly Platform Amd64 = Platform.FromRuntimeIdentifier("linux-x64")!;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [TestCategory(TestKinds.Registry)]
    public async Task The_report_that_was_pushed_with_an_image_is_found_by_its_name()
    {
        using var folder = new TemporaryFolder();
        using var registry = DockerRegistry.Start();
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0");
        ImageReport report = await WriteReportAsync(folder, image.Tree.Root.Digest);
        using var client = new RegistryClient(RegistryName.Parse(registry.Address), RegistryTest.NoCredentials);
        await new RegistryDestination(client, new RecordingSink()) { Artifacts = ReportArtifacts.Read(folder["oci"]) }
            .DeliverAsync(image, TestContext.CancellationToken);

        string name = $"{registry.Address}/{image.Repository}";
        ImageReport? found = await FindAsync(folder, name + ":1.0");
        Assert.AreEqual(report.Image.Digest, found!.Image.Digest);
        Assert.AreEqual("Foo", found.Packages.Single().Id);
        Trees.AreExact(found.Map);
        Assert.IsEmpty(ImageComparer.Compare(found, report.Map, report.Packages).Changes);
        Assert.AreEqual(report.Image.Digest, (await FindAsync(folder, $"{name}@{image.Tree.Root.Digest}"))!.Image.Digest);
        Assert.IsEmpty(Directory.GetFiles(folder["got"]));

        // What is at hand is not got again.
        int before = registry.Requests.Count;
        Assert.AreSame(found, await FindAsync(folder, name + ":1.0", found));
        Assert.HasCount(1, registry.Requests.Skip(before).ToArray());
    }

    [TestMethod]
    [TestCategory(TestKinds.Registry)]
    public async Task Where_there_is_no_image_or_no_sound_report_there_is_none()
    {
        using var folder = new TemporaryFolder();
        using var registry = DockerRegistry.Start();
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0");
        using var client = new RegistryClient(RegistryName.Parse(registry.Address), RegistryTest.NoCredentials);
        string name = $"{registry.Address}/{image.Repository}:1.0";
        Assert.IsNull(await FindAsync(folder, name));

        await new RegistryDestination(client, new RecordingSink()).DeliverAsync(image, TestContext.CancellationToken);
        Assert.IsNull(await FindAsync(folder, name));

        byte[] ofAnother = ReportArtifacts.Pack(ReportSample.Create(3));
        byte[] bomb = await PackedAsync(200_000_000);
        ReferrerStore store = new(client.Repository(image.Repository, RegistryAccess.Push));
        foreach (byte[] content in new[] { "no gzip"u8.ToArray(), ofAnother, bomb, await PackedAsync(10) })
        {
            await store.PushAsync(
                image.Tree.Root, new Artifact(ReportArtifacts.ArtifactType, [new ArtifactContent("application/octet-stream", content)]), TestContext.CancellationToken);
        }

        Assert.IsNull(await FindAsync(folder, name));
    }

    [TestMethod]
    [DataRow("last/report")]
    [DataRow("localhost:5000/a b:1.0")]
    [DataRow("")]
    public async Task What_is_neither_a_file_nor_an_image_with_its_registry_is_an_error(string name)
    {
        using var folder = new TemporaryFolder();
        await RegistryTest.FailsAsync(DiagnosticCodes.ComparedReportUnreadable, () => FindAsync(folder, name));
    }

    [TestMethod]
    public void The_same_report_is_the_same_bytes_and_smaller_without_its_methods()
    {
        ImageReport report = ReportSample.Create(5_000);
        byte[] packed = ReportArtifacts.Pack(report);

        CollectionAssert.AreEqual(packed, ReportArtifacts.Pack(ReportSample.Create(5_000)));
        ImageReport unpacked = ReportArtifacts.TryUnpack(new MemoryStream(packed))!;
        Assert.IsEmpty(ImageComparer.Compare(unpacked, report.Map, []).Changes);
        Assert.IsNull(Trees.Find(unpacked.Map, "Type4000").Children);
    }

    private static async Task<ImageReport> WriteReportAsync(TemporaryFolder folder, Digest image)
    {
        ImageReport sample = ReportSample.Of(Trees.Of("agent", SizeKinds.Image, Trees.Of("Packages", SizeKinds.Package, Trees.Leaf("Foo", SizeKinds.Package, 1_000_000))));
        ImageReport report = sample with { Image = sample.Image with { Digest = image }, Packages = [new ReportedPackage("Foo", "1.2")] };
        await File.WriteAllBytesAsync(folder["report.json"], System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(report, ReportJson.Documents.ImageReport));
        return report;
    }

    private static async Task<byte[]> PackedAsync(int zeros)
    {
        using MemoryStream packed = new();
        await using (GZipStream gzip = new(packed, CompressionLevel.Fastest))
        {
            await gzip.WriteAsync(new byte[zeros]);
        }

        return packed.ToArray();
    }

    private Task<ImageReport?> FindAsync(TemporaryFolder folder, string name, ImageReport? known = null) =>
        new RegistryReports(n => new RegistryClient(n, RegistryTest.NoCredentials), folder["got"])
            .FindAsync(name, Amd64, known, TestContext.CancellationToken);
}
