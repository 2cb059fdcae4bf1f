using System.Text;
using EdgeSlim.Delivery;
using EdgeSlim.Oci;
using EdgeSlim.Registry;
using EdgeSlim.Registry.Referrers;
using EdgeSlim.Tests.Registry;

namespace EdgeSlim.Tests.Delivery;

[TestClass]
public sealed class SbomArtifactsTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Documents_beside_a_layout_are_kept_beside_the_image_in_the_registry()
    {
        using var folder = new TemporaryFolder();
        using var registry = DockerRegistry.Start();
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0");
        folder.Write("sbom.cdx.json", "{\"bomFormat\":\"CycloneDX\"}");
        folder.Write("sbom.spdx.json", "{\"spdxVersion\":\"SPDX-2.3\"}");
        using var client = new RegistryClient(RegistryName.Parse(registry.Address), RegistryTest.NoCredentials);
        RegistryDestination destination = new(client, new RecordingSink()) { Artifacts = SbomArtifacts.Read(folder["oci"]) };

        await destination.DeliverAsync(image, TestContext.CancellationToken);

        ReferrerStore store = new(client.Repository(image.Repository, RegistryAccess.Pull));
        IReadOnlyList<Descriptor> all = await store.ListAsync(image.Tree.Root.Digest, null, TestContext.CancellationToken);
        CollectionAssert.AreEquivalent(
            new[] { "application/vnd.cyclonedx+json", "application/spdx+json" }, all.Select(d => d.ArtifactType).ToArray());
        Descriptor cycloneDx = all.Single(d => d.ArtifactType == "application/vnd.cyclonedx+json");
        RegistryManifest? manifest = await client.Repository(image.Repository, RegistryAccess.Pull)
            .GetManifestAsync(cycloneDx.Digest.ToString(), TestContext.CancellationToken);
        Assert.Contains(
            Digest.Of("{\"bomFormat\":\"CycloneDX\"}"u8).ToString(), Encoding.UTF8.GetString(manifest!.Content.Span));
    }

    [TestMethod]
    public async Task Where_there_is_none_nothing_is_attached()
    {
        using var folder = new TemporaryFolder();
        await DeliveryTest.ImageAsync(folder, "1.0");
        Assert.IsEmpty(SbomArtifacts.Read(folder["oci"]));
    }
}
