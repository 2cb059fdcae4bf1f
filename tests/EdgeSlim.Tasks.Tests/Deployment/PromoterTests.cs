using System.Text;
using EdgeSlim.Deployment.Promotion;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;
using EdgeSlim.Registry.Referrers;
using EdgeSlim.Tests.Registry;

namespace EdgeSlim.Tests.Deployment;

/// <summary>From one real registry to another.</summary>
[TestClass]
public sealed class PromoterTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [TestCategory(TestKinds.Registry)]
    public async Task An_index_comes_with_all_its_images_and_with_what_refers_to_them_under_the_same_digests()
    {
        using var staging = DockerRegistry.Start();
        using var production = DockerRegistry.Start();
        using TemporaryFolder folder = new();
        using TestImage first = new(folder, "one", "shared");
        using TestImage second = new(folder, new string('x', 200_000), "shared");
        LayoutTree index = TestImage.Index(first, second);
        using RegistryClient from = Client(staging);
        using RegistryClient to = Client(production);
        RepositoryClient source = from.App();
        await RegistryTest.PushAsync(first.Layout, index, source, ["1.0"], TestContext.CancellationToken);
        ReferrerStore attached = new(source);
        Descriptor sbom = await attached.PushAsync(second.Image.Descriptor, Artifact("application/vnd.cyclonedx+json", "sbom"), TestContext.CancellationToken);
        Descriptor signature = await attached.PushAsync(sbom, Artifact("application/x-signature", "signed"), TestContext.CancellationToken);
        Descriptor provenance = await attached.PushAsync(index.Root, Artifact("application/x-provenance", "made"), TestContext.CancellationToken);
        using TestImage cosign = new(folder, "a signature of the old kind");
        await RegistryTest.PushAsync(cosign.Layout, cosign.Tree, source, [$"sha256-{index.Root.Digest.Hex}.sig"], TestContext.CancellationToken);
        RepositoryClient target = to.Repository("prod/app", RegistryAccess.Push);

        PromotionResult result = await PromoteAsync(source, target, index.Root.Digest, "production", "1.0");

        Assert.AreEqual(2, result.TagsMoved);
        Assert.AreEqual(4, result.Referrers);
        foreach (string reference in new[] { "production", "1.0", index.Root.Digest.ToString() })
        {
            Assert.AreEqual(index.Root.Digest, await target.FindManifestAsync(reference, TestContext.CancellationToken));
        }

        foreach (TestImage image in new[] { first, second })
        {
            Assert.AreEqual(image.Digest, await target.FindManifestAsync(image.Digest.ToString(), TestContext.CancellationToken));
            foreach (Descriptor blob in image.Image.Blobs)
            {
                Assert.IsTrue(await target.HasBlobAsync(blob.Digest, TestContext.CancellationToken));
            }
        }

        ReferrerStore there = new(target);
        Assert.AreEqual(sbom.Digest, (await there.ListAsync(second.Digest, null, TestContext.CancellationToken)).Single().Digest);
        Assert.AreEqual(signature.Digest, (await there.ListAsync(sbom.Digest, null, TestContext.CancellationToken)).Single().Digest);
        Assert.AreEqual(provenance, (await there.ListAsync(index.Root.Digest, null, TestContext.CancellationToken)).Single());
        Assert.AreEqual(cosign.Digest, await target.FindManifestAsync($"sha256-{index.Root.Digest.Hex}.sig", TestContext.CancellationToken));

        // The tags come last, and a second time there is nothing to send.
        RegistryRequest[] written = [.. production.Requests.Where(r => r.IsManifestWrite)];
        CollectionAssert.AreEqual(new[] { "production", "1.0" }, written[^2..].Select(r => r.Path.Split('/')[^1]).ToArray());
        int before = production.Requests.Count;
        PromotionResult again = await PromoteAsync(source, target, index.Root.Digest, "production", "1.0");
        Assert.AreEqual(0, again.TagsMoved + again.BlobsSent);
        Assert.IsFalse(production.Requests.Skip(before).Any(r => r.Method is "PUT" or "POST" or "PATCH"));
    }

    [TestMethod]
    [TestCategory(TestKinds.Registry)]
    public async Task Within_a_registry_blobs_are_taken_over_and_none_is_fetched()
    {
        using var registry = DockerRegistry.Start();
        using TestImage image = new("one", "two");
        using RegistryClient client = Client(registry);
        await RegistryTest.PushAsync(image.Layout, image.Tree, client.App(), ["1.0"], TestContext.CancellationToken);
        int before = registry.Requests.Count;

        PromotionResult result = await PromoteAsync(client.App(), client.Repository("prod/app", RegistryAccess.Push), image.Digest, "1.0");

        Assert.AreEqual(0, result.BlobsSent);
        Assert.IsFalse(registry.Requests.Skip(before).Any(r => r.Method == "GET" && r.Path.Contains("/blobs/", StringComparison.Ordinal)));
        Assert.AreEqual(image.Digest, await client.Repository("prod/app", RegistryAccess.Pull).FindManifestAsync("1.0", TestContext.CancellationToken));
    }

    [TestMethod]
    [TestCategory(TestKinds.Registry)]
    public async Task What_is_not_there_leaves_the_tag_where_it_was()
    {
        using var registry = DockerRegistry.Start();
        using TestImage image = new("one");
        using RegistryClient client = Client(registry);
        RepositoryClient target = client.Repository("prod/app", RegistryAccess.Push);
        await RegistryTest.PushAsync(image.Layout, image.Tree, target, ["production"], TestContext.CancellationToken);

        await RegistryTest.FailsAsync(DiagnosticCodes.NothingToPromote, () => PromoteAsync(client.App(), target, Digest.Of("none"u8), "production"));

        Assert.AreEqual(image.Digest, await target.FindManifestAsync("production", TestContext.CancellationToken));
    }

    [TestMethod]
    [DataRow("", "r.example/app", "", "EDGE7020")]
    [DataRow("r.example/app:1.0", "r.example/prod", "", "EDGE7020")]
    [DataRow("r.example/app", "r.example/prod", "", "EDGE7020")]
    [DataRow("r.example/app@DIGEST", "", "", "EDGE7021")]
    [DataRow("r.example/app@DIGEST", "r.example/prod:1.0", "", "EDGE7021")]
    [DataRow("r.example/app@DIGEST", "r.example/prod@DIGEST", "", "EDGE7021")]
    [DataRow("r.example/app@DIGEST", "r.example/No Such", "", "EDGE7021")]
    [DataRow("r.example/app@DIGEST", "r.example/prod", "a tag", "EDGE3002")]
    public void A_promotion_that_is_not_said_well_is_refused(string from, string to, string tags, string code)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => PromotionRequest.Read(Named(from), Named(to), tags));
        Assert.AreEqual(code, e.Code);
    }

    private static string Named(string image) => image.Replace("DIGEST", WorkloadSamples.First.ToString(), StringComparison.Ordinal);

    private static RegistryClient Client(DockerRegistry registry) => new(RegistryName.Parse(registry.Address), RegistryTest.NoCredentials);

    private static Artifact Artifact(string type, string text) => new(type, [new ArtifactContent(type, Encoding.UTF8.GetBytes(text))]);

    private async Task<PromotionResult> PromoteAsync(RepositoryClient source, RepositoryClient target, Digest digest, params string[] tags)
    {
        using TemporaryFolder folder = new();
        return await new Promoter(source, target, folder.Path, new RecordingSink()).PromoteAsync(digest, tags, TestContext.CancellationToken);
    }
}
