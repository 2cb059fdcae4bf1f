using System.Net;
using System.Text.Json;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;
using EdgeSlim.Registry.Referrers;

namespace EdgeSlim.Tests.Registry;

[TestClass]
public sealed class ReferrerTests
{
    private const string Sbom = "application/spdx+json";

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [TestCategory(TestKinds.Registry)]
    public async Task A_registry_without_the_API_gets_the_list_under_a_tag_and_no_entry_twice()
    {
        using var registry = DockerRegistry.Start();
        using var image = new TestImage("one");
        using var client = new RegistryClient(RegistryName.Parse(registry.Address), RegistryTest.NoCredentials);
        await RegistryTest.PushAsync(image.Layout, image.Tree, client.App(), ["1.0"], TestContext.CancellationToken);
        ReferrerStore store = new(client.App());

        Descriptor first = await store.PushAsync(image.Image.Descriptor, Artifact(Sbom, "{}x"), TestContext.CancellationToken);
        Descriptor second = await store.PushAsync(image.Image.Descriptor, Artifact("application/x", "other"), TestContext.CancellationToken);
        int before = registry.Requests.Count;
        await store.PushAsync(image.Image.Descriptor, Artifact(Sbom, "{}x"), TestContext.CancellationToken);

        Assert.IsFalse(registry.Requests.Skip(before).Any(r => r.Method is "PUT" or "POST" or "PATCH"));
        CollectionAssert.AreEquivalent(
            new[] { first.Digest, second.Digest }, (await ListAsync(store, image)).Select(d => d.Digest).ToArray());
        Assert.AreEqual(first, (await store.ListAsync(image.Digest, Sbom, TestContext.CancellationToken)).Single());
        RegistryManifest? list = await client.App().GetManifestAsync($"sha256-{image.Digest.Hex}", TestContext.CancellationToken);
        Assert.AreEqual(MediaTypes.ImageIndex, list!.Descriptor.MediaType);

        RegistryManifest? pushed = await client.App().GetManifestAsync(first.Digest.ToString(), TestContext.CancellationToken);
        using JsonDocument manifest = JsonDocument.Parse(pushed!.Content);
        Assert.AreEqual(Sbom, manifest.RootElement.GetProperty("artifactType").GetString());
        Assert.AreEqual(image.Digest.ToString(), manifest.RootElement.GetProperty("subject").GetProperty("digest").GetString());
        Assert.AreEqual(
            "sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a",
            manifest.RootElement.GetProperty("config").GetProperty("digest").GetString());
    }

    [TestMethod]
    [TestCategory(TestKinds.Registry)]
    public async Task Several_that_attach_at_once_lose_none()
    {
        using var registry = DockerRegistry.Start();
        using var image = new TestImage("one");
        using var first = new RegistryClient(RegistryName.Parse(registry.Address), RegistryTest.NoCredentials);
        await RegistryTest.PushAsync(image.Layout, image.Tree, first.App(), ["1.0"], TestContext.CancellationToken);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(async i =>
        {
            using var client = new RegistryClient(RegistryName.Parse(registry.Address), RegistryTest.NoCredentials);
            await new ReferrerStore(client.App()).PushAsync(
                image.Image.Descriptor, Artifact(Sbom, $"number {i}"), TestContext.CancellationToken);
        }));
        Assert.HasCount(5, await ListAsync(new ReferrerStore(first.App()), image));
    }

    [TestMethod]
    public async Task A_registry_with_the_API_keeps_the_list_itself_and_gives_it_in_pages()
    {
        using var image = new TestImage("one");
        using var fake = new FakeRegistry();
        Descriptor[] entries = [.. Enumerable.Range(0, 3).Select(i => Entry(i, i == 1 ? "application/y" : Sbom))];
        fake.When(r => r.Method == HttpMethod.Put && r.RequestUri!.AbsolutePath.Contains("/manifests/", StringComparison.Ordinal), _ =>
            FakeRegistry.Answer(HttpStatusCode.Created, "", ("OCI-Subject", image.Digest.ToString())));
        fake.When(r => r.RequestUri!.AbsolutePath.Contains("/referrers/", StringComparison.Ordinal), r =>
            r.RequestUri!.Query.Contains("last=2", StringComparison.Ordinal)
                ? List(entries[2..])
                : List(entries[..2], ("Link", $"<{r.RequestUri.AbsolutePath}?last=2>; rel=\"next\"")));
        using RegistryClient client = RegistryTest.Client(fake);
        ReferrerStore store = new(client.App());
        await store.PushAsync(image.Image.Descriptor, Artifact(Sbom, "x"), TestContext.CancellationToken);

        Assert.IsFalse(fake.Lines.Any(l => l.Contains("/manifests/sha256-", StringComparison.Ordinal)));
        CollectionAssert.AreEqual(entries, (await ListAsync(store, image)).ToArray());
        // The fake does not filter.
        CollectionAssert.AreEqual(
            new[] { entries[0], entries[2] }, (await store.ListAsync(image.Digest, Sbom, TestContext.CancellationToken)).ToArray());
    }

    [TestMethod]
    public async Task A_write_that_the_registry_finds_outdated_is_made_again_on_top_of_what_came_between()
    {
        using var image = new TestImage("one");
        using var fake = new FakeRegistry();
        string tag = $"sha256-{image.Digest.Hex}";
        List<string> conditions = [];
        fake.When(r => r.Method == HttpMethod.Get && r.RequestUri!.AbsolutePath.EndsWith(tag, StringComparison.Ordinal) && fake.Manifests.ContainsKey(tag), _ =>
        {
            HttpResponseMessage answer = FakeRegistry.Answer(HttpStatusCode.OK, "", ("ETag", $"\"{Digest.Of(fake.Manifests[tag])}\""));
            answer.Content = new ByteArrayContent(fake.Manifests[tag]) { Headers = { ContentType = new(MediaTypes.ImageIndex) } };
            return answer;
        });
        fake.When(
            r => r.Method == HttpMethod.Put && r.RequestUri!.AbsolutePath.EndsWith(tag, StringComparison.Ordinal),
            r =>
            {
                conditions.Add(r.Headers.IfNoneMatch.ToString() + r.Headers.IfMatch);
                if (conditions.Count > 1)
                {
                    fake.Manifests[tag] = r.Content!.ReadAsByteArrayAsync(TestContext.CancellationToken).GetAwaiter().GetResult();
                    return FakeRegistry.Answer(HttpStatusCode.Created);
                }

                // Somebody was faster.
                fake.Manifests[tag] = Index(Entry(1, Sbom));
                return FakeRegistry.Answer(HttpStatusCode.PreconditionFailed);
            });
        using RegistryClient client = RegistryTest.Client(fake);
        ReferrerStore store = new(client.App());
        Descriptor mine = await store.PushAsync(image.Image.Descriptor, Artifact(Sbom, "x"), TestContext.CancellationToken);

        CollectionAssert.AreEqual(
            new[] { Entry(1, Sbom).Digest, mine.Digest }, (await ListAsync(store, image)).Select(d => d.Digest).ToArray());
        Assert.AreEqual($"* \"{Digest.Of(Index(Entry(1, Sbom)))}\"", string.Join(' ', conditions));
    }

    [TestMethod]
    public async Task A_list_that_others_overwrite_again_and_again_is_given_up()
    {
        using var image = new TestImage("one");
        using var fake = new FakeRegistry();
        fake.When(
            r => r.Method == HttpMethod.Put && r.RequestUri!.AbsolutePath.Contains("/manifests/sha256-", StringComparison.Ordinal),
            _ => FakeRegistry.Answer(HttpStatusCode.Created));
        using RegistryClient client = RegistryTest.Client(fake);
        await RegistryTest.FailsAsync(DiagnosticCodes.ReferrersContended, () => new ReferrerStore(client.App()).PushAsync(
            image.Image.Descriptor, Artifact(Sbom, "x"), TestContext.CancellationToken));
    }

    private static Artifact Artifact(string type, string content) =>
        new(type, [new ArtifactContent(type, System.Text.Encoding.UTF8.GetBytes(content))]);

    private static Descriptor Entry(int number, string type) => new()
    {
        MediaType = MediaTypes.ImageManifest,
        Digest = Digest.Of(BitConverter.GetBytes(number)),
        Size = 4,
        ArtifactType = type,
    };

    private static byte[] Index(params Descriptor[] entries) =>
        JsonSerializer.SerializeToUtf8Bytes(new ImageIndex { Manifests = entries }, OciJson.Documents.ImageIndex);

    private static HttpResponseMessage List(Descriptor[] entries, params (string, string)[] headers)
    {
        HttpResponseMessage answer = FakeRegistry.Answer(HttpStatusCode.OK, "", headers);
        answer.Content = new ByteArrayContent(Index(entries));
        return answer;
    }

    private Task<IReadOnlyList<Descriptor>> ListAsync(ReferrerStore store, TestImage image) =>
        store.ListAsync(image.Digest, null, TestContext.CancellationToken);
}
