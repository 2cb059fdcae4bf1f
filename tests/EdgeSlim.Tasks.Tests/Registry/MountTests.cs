using System.Net;
using EdgeSlim.Oci;
using EdgeSlim.Registry;

namespace EdgeSlim.Tests.Registry;

[TestClass]
public sealed class MountTests
{
    private static readonly byte[] Content = "some content"u8.ToArray();
    private static readonly Descriptor Blob = new() { MediaType = MediaTypes.LayerGzip, Digest = Digest.Of(Content), Size = Content.Length };

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [TestCategory(TestKinds.Registry)]
    public async Task A_real_registry_takes_a_layer_over_from_another_of_its_repositories()
    {
        using var registry = DockerRegistry.Start();
        using var image = new TestImage(new string('a', 100_000), "two");
        using var folder = new TemporaryFolder();
        KnownBlobs known = new(folder["cache/known"]);
        using var client = new RegistryClient(RegistryName.Parse(registry.Address), RegistryTest.NoCredentials);
        await PushAsync(client, image, "team/first", known);

        PushResult second = await PushAsync(client, image, "team/second", new KnownBlobs(folder["cache/known"]));

        Assert.AreEqual(2, second.BlobsMounted);
        // The configuration is of one image only.
        Assert.AreEqual(image.Image.Manifest.Config.Size, second.BytesUploaded);
        RegistryManifest? pulled = await client.Repository("team/second", RegistryAccess.Pull).GetManifestAsync("1.0", TestContext.CancellationToken);
        Assert.AreEqual(image.Digest, pulled!.Descriptor.Digest);
    }

    [TestMethod]
    [TestCategory(TestKinds.Registry)]
    public async Task A_guess_that_was_wrong_costs_nothing()
    {
        using var registry = DockerRegistry.Start();
        using var image = new TestImage("one");
        using var folder = new TemporaryFolder();
        KnownBlobs known = new(folder["known"]);
        using var client = new RegistryClient(RegistryName.Parse(registry.Address), RegistryTest.NoCredentials);
        known.Remember(client.Registry, "team/gone", image.Image.Manifest.Layers.Select(l => l.Digest));

        PushResult result = await PushAsync(client, image, "team/app", known);

        Assert.AreEqual(2, result.BlobsUploaded);
        Assert.AreEqual(2, registry.Requests.Count(r => r.Method == "POST"));
    }

    [TestMethod]
    [DataRow(HttpStatusCode.BadRequest)]
    [DataRow(HttpStatusCode.Forbidden)]
    [DataRow(HttpStatusCode.MethodNotAllowed)]
    public async Task Where_a_registry_objects_it_is_asked_without(HttpStatusCode status)
    {
        using var fake = new FakeRegistry();
        fake.When(r => r.RequestUri!.Query.Contains("mount=", StringComparison.Ordinal), _ => FakeRegistry.Answer(status));
        using RegistryClient client = RegistryTest.Client(fake);
        BlobSource source = new(Blob, () => new MemoryStream(Content)) { Elsewhere = ["team/base"] };
        Assert.AreEqual(BlobOutcome.Sent, await client.App().EnsureBlobAsync(source, TestContext.CancellationToken));
        string[] posts = [.. fake.Sent.Where(r => r.Method == HttpMethod.Post).Select(r => r.Uri.Query)];
        Assert.AreEqual($"?mount={Uri.EscapeDataString(Blob.Digest.ToString())}&from=team%2Fbase", posts[0]);
        Assert.AreEqual("", posts[1]);
    }

    [TestMethod]
    public async Task The_token_is_for_both_repositories()
    {
        using var fake = new FakeRegistry();
        fake.When(r => r.RequestUri!.Host == "auth.test", _ => FakeRegistry.Answer(HttpStatusCode.OK, """{"token":"t"}"""));
        fake.When(
            r => r.RequestUri!.Host == RegistryTest.Host && r.Headers.Authorization is null,
            _ => FakeRegistry.Answer(HttpStatusCode.Unauthorized, "", ("WWW-Authenticate", "Bearer realm=\"https://auth.test/token\"")));
        using RegistryClient client = RegistryTest.Client(fake, RegistryTest.Login());
        BlobSource source = new(Blob, () => new MemoryStream(Content)) { Elsewhere = ["team/base"] };
        await client.App().EnsureBlobAsync(source, TestContext.CancellationToken);
        string[] scopes = [.. fake.Sent.Where(r => r.Uri.Host == "auth.test").Select(r => Uri.UnescapeDataString(r.Uri.Query))];
        Assert.AreEqual("?scope=repository:team/app:pull,push", scopes[0]);
        Assert.AreEqual("?scope=repository:team/app:pull,push&scope=repository:team/base:pull", scopes[1]);
        Assert.HasCount(2, scopes);
    }

    [TestMethod]
    public void What_is_remembered_is_bounded_and_a_damaged_file_is_no_harm()
    {
        using var folder = new TemporaryFolder();
        var registry = RegistryName.Parse("registry.test");
        KnownBlobs known = new(folder["a/known"]);
        Digest[] digests = [.. Enumerable.Range(0, 2100).Select(i => Digest.Of(BitConverter.GetBytes(i)))];
        known.Remember(registry, "team/old", digests[..1500]);
        known.Remember(registry, "team/new", digests[1500..]);
        Assert.HasCount(2000, File.ReadAllLines(folder["a/known"]));
        Assert.AreEqual("team/new", known.RepositoriesWith(registry, digests[^1], "team/app").Single());
        Assert.IsEmpty(known.RepositoriesWith(registry, digests[^1], "team/new"));
        Assert.IsEmpty(known.RepositoriesWith(RegistryName.Parse("other.test"), digests[^1], "team/app"));
        Assert.IsEmpty(known.RepositoriesWith(registry, digests[1499], "team/app"));

        File.WriteAllText(folder["a/known"], "\0 what is this\n\n");
        Assert.IsEmpty(known.RepositoriesWith(registry, digests[^1], "team/app"));
        File.WriteAllText(folder["file"], "");
        new KnownBlobs(folder["file/known"]).Remember(registry, "team/app", digests[..1]);
    }

    private async Task<PushResult> PushAsync(RegistryClient client, TestImage image, string repository, KnownBlobs known)
    {
        PushRequest request = new(image.Layout, image.Tree, ["1.0"]) { Known = known };
        PushPlan plan = await PushPlan.MakeAsync(request, client.Repository(repository, RegistryAccess.Push), TestContext.CancellationToken);
        return await new ImagePusher(new RecordingSink()).PushAsync(plan, TestContext.CancellationToken);
    }
}
