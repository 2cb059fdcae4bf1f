using System.Text;
using EdgeSlim.Delivery;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;
using EdgeSlim.Registry.Referrers;
using EdgeSlim.Tests.Registry;

namespace EdgeSlim.Tests.Delivery;

[TestClass]
public sealed class AttachedArtifactTests
{
    private const string InToto = "application/vnd.in-toto+json";

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [TestCategory(TestKinds.Registry)]
    public async Task Files_are_kept_beside_the_image_in_the_registry_under_their_own_names()
    {
        using var folder = new TemporaryFolder();
        using var registry = DockerRegistry.Start();
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0");
        AttachedFile[] files =
        [
            new(folder.Write("sbom.cdx.json", "{\"bomFormat\":\"CycloneDX\"}"), folder["oci"], "application/vnd.cyclonedx+json", "application/vnd.cyclonedx+json"),
            new(folder.Write("provenance.json", "{}"), folder["oci"], InToto, InToto, "https://slsa.dev/provenance/v1"),
        ];
        using var client = new RegistryClient(RegistryName.Parse(registry.Address), RegistryTest.NoCredentials);
        RegistryDestination destination = new(client, new RecordingSink()) { Artifacts = [.. files.Select(AttachedArtifact.Read)] };

        Delivered delivered = await destination.DeliverAsync(image, TestContext.CancellationToken);

        RepositoryClient repository = client.Repository(image.Repository, RegistryAccess.Pull);
        IReadOnlyList<Descriptor> all = await new ReferrerStore(repository).ListAsync(image.Tree.Root.Digest, null, TestContext.CancellationToken);
        CollectionAssert.AreEquivalent(new[] { "application/vnd.cyclonedx+json", InToto }, all.Select(d => d.ArtifactType).ToArray());
        CollectionAssert.AreEquivalent(all.Select(d => d.Digest).ToArray(), delivered.Attached.Select(a => a.Digest).ToArray());
        Assert.IsTrue(delivered.Attached.All(a => a.Subject == image.Tree.Root.Digest));

        // This registry keeps no list of its own: that under a tag is written once, with both.
        Assert.ContainsSingle(r => r.Method == "PUT" && r.Path.Contains("/manifests/sha256-", StringComparison.Ordinal), registry.Requests);
        string manifest = Encoding.UTF8.GetString((await repository.GetManifestAsync(
            all.Single(d => d.ArtifactType == InToto).Digest.ToString(), TestContext.CancellationToken))!.Content.Span);
        Assert.Contains("\"org.opencontainers.image.title\":\"provenance.json\"", manifest);
        Assert.Contains("\"in-toto.io/predicate-type\":\"https://slsa.dev/provenance/v1\"", manifest);
        Assert.Contains(Digest.Of("{}"u8).ToString(), manifest);
    }

    [TestMethod]
    public async Task A_file_that_cannot_be_read_is_named()
    {
        using var folder = new TemporaryFolder();
        await DeliveryTest.ImageAsync(folder, "1.0");
        EdgeException error = Assert.ThrowsExactly<EdgeException>(
            () => AttachedArtifact.Read(new AttachedFile(folder["missing.json"], folder["oci"], "a/b", "a/b")));
        Assert.AreEqual(DiagnosticCodes.StageFileUnreadable, error.Code);
        Assert.Contains("missing.json", error.Message);
    }
}
