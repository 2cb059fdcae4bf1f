using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;
using EdgeSlim.Registry.Credentials;

namespace EdgeSlim.Tests.Registry;

[TestClass]
[TestCategory(TestKinds.Registry)]
public sealed class RealRegistryTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task An_image_that_was_pushed_comes_back_byte_for_byte()
    {
        using var registry = DockerRegistry.Start();
        using var image = new TestImage(new string('a', 3_000_000), "two");
        using var client = new RegistryClient(RegistryName.Parse(registry.Address), RegistryTest.NoCredentials);
        RepositoryClient app = client.App();
        await RegistryTest.PushAsync(image.Layout, image.Tree, app, ["1.0", "latest"], TestContext.CancellationToken);

        RegistryManifest? manifest = await app.GetManifestAsync("latest", TestContext.CancellationToken);
        Assert.AreEqual(image.Image.Descriptor, manifest!.Descriptor);
        using var folder = new TemporaryFolder();
        foreach (Descriptor blob in image.Image.Blobs)
        {
            await app.GetBlobAsync(blob, folder[blob.Digest.Hex], TestContext.CancellationToken);
            Assert.AreEqual(blob.Size, new FileInfo(folder[blob.Digest.Hex]).Length);
        }
    }

    [TestMethod]
    public async Task Pushing_again_sends_one_request_and_a_new_tag_sends_no_blob()
    {
        using var registry = DockerRegistry.Start();
        using var image = new TestImage("one", "two");
        using var client = new RegistryClient(RegistryName.Parse(registry.Address), RegistryTest.NoCredentials);
        await RegistryTest.PushAsync(image.Layout, image.Tree, client.App(), ["1.0"], TestContext.CancellationToken);
        int first = registry.Requests.Count;
        Assert.AreEqual(6, registry.Requests.Count(r => r.IsBlobUpload));

        await RegistryTest.PushAsync(image.Layout, image.Tree, client.App(), ["1.0"], TestContext.CancellationToken);
        RegistryRequest again = registry.Requests.Skip(first).Single();
        Assert.AreEqual(new RegistryRequest("HEAD", "/v2/team/app/manifests/1.0", 200), again);

        await RegistryTest.PushAsync(image.Layout, image.Tree, client.App(), ["1.0", "1.1"], TestContext.CancellationToken);
        RegistryRequest[] third = [.. registry.Requests.Skip(first + 1)];
        Assert.IsFalse(third.Any(r => r.IsBlobUpload));
        Assert.AreEqual("/v2/team/app/manifests/1.1", third.Single(r => r.IsManifestWrite).Path);
    }

    [TestMethod]
    public async Task A_login_lets_in_and_a_wrong_one_does_not()
    {
        using var registry = DockerRegistry.Start(("me", "right"));
        using var image = new TestImage("one");
        PushResult result = await PushAsync(registry, image, "right");
        Assert.AreEqual(2, result.BlobsUploaded);

        EdgeException wrong = await RegistryTest.FailsAsync(
            DiagnosticCodes.Unauthorized, () => PushAsync(registry, image, "wrong"));
        Assert.Contains("EDGESLIM_REGISTRY_PASSWORD", wrong.Message);
        Assert.Contains("came from the environment variables", wrong.Message);
        EdgeException none = await RegistryTest.FailsAsync(
            DiagnosticCodes.Unauthorized, () => PushAsync(registry, image, null));
        Assert.Contains("no credentials were found", none.Message);
    }

    [TestMethod]
    public async Task What_the_registry_refuses_is_reported_in_its_own_words()
    {
        using var registry = DockerRegistry.Start();
        using var image = new TestImage("one");
        using var client = new RegistryClient(
            RegistryName.Parse(registry.Address), RegistryTest.NoCredentials, new RegistryOptions { Delay = (_, _) => Task.CompletedTask });
        // Its layers are not there.
        var manifest = new RegistryManifest(
            image.Image.Descriptor, await File.ReadAllBytesAsync(image.Layout.BlobPath(image.Digest), TestContext.CancellationToken));
        EdgeException e = await RegistryTest.FailsAsync(
            DiagnosticCodes.UnexpectedResponse, () => client.App().PutManifestAsync("1.0", manifest, TestContext.CancellationToken));
        Assert.Contains("400 BadRequest to PUT /v2/team/app/manifests/1.0: MANIFEST_BLOB_UNKNOWN", e.Message);
    }

    [TestMethod]
    public async Task A_blob_that_goes_from_the_layout_amid_the_push_is_not_blamed_on_the_registry()
    {
        using var registry = DockerRegistry.Start();
        using var image = new TestImage("one");
        File.Delete(image.Layout.BlobPath(image.Image.Manifest.Layers[0].Digest));
        await RegistryTest.FailsAsync(DiagnosticCodes.LayoutDamaged, () => PushAsync(registry, image, null));
        Assert.IsFalse(registry.Requests.Any(r => r.IsManifestWrite));
    }

    private async Task<PushResult> PushAsync(DockerRegistry registry, TestImage image, string? password)
    {
        var credentials = CredentialChain.Default(name => name switch
        {
            "EDGESLIM_REGISTRY_USERNAME" => "me",
            "EDGESLIM_REGISTRY_PASSWORD" => password,
            _ => null,
        });
        using var client = new RegistryClient(RegistryName.Parse(registry.Address), credentials);
        return await RegistryTest.PushAsync(image.Layout, image.Tree, client.App(), ["1.0"], TestContext.CancellationToken);
    }
}
