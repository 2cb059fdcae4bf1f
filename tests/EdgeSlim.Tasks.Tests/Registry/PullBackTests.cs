using System.Net;
using EdgeSlim.Diagnostics;
using EdgeSlim.Registry;

namespace EdgeSlim.Tests.Registry;

/// <summary>What comes back after a push is what was pushed, or it is an error.</summary>
[TestClass]
public sealed class PullBackTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task The_manifest_is_pulled_back_by_its_digest_and_by_each_tag_that_was_moved()
    {
        using var image = new TestImage("one");
        using var fake = new FakeRegistry();
        await PushAsync(image, fake, "1.0", "latest");
        Assert.AreEqual(
            $"GET /v2/team/app/manifests/{image.Digest} GET /v2/team/app/manifests/1.0 GET /v2/team/app/manifests/latest",
            string.Join(' ', fake.Lines.Where(l => l.StartsWith("GET", StringComparison.Ordinal))));
    }

    [TestMethod]
    public async Task Another_manifest_under_the_tag_is_an_error()
    {
        using var image = new TestImage("one");
        using var fake = new FakeRegistry();
        using var other = new TestImage("two");
        List<TimeSpan> waits = [];
        byte[] content = await File.ReadAllBytesAsync(other.Layout.BlobPath(other.Digest), TestContext.CancellationToken);
        fake.When(
            r => r.Method == HttpMethod.Get && r.RequestUri!.AbsolutePath.EndsWith("/1.0", StringComparison.Ordinal),
            _ => Manifest(content));
        EdgeException e = await RegistryTest.FailsAsync(DiagnosticCodes.PulledBackDiffers, () => PushAsync(image, fake, waits, "1.0"));
        Assert.Contains(image.Digest.ToString(), e.Message);
        Assert.Contains(other.Digest.ToString(), e.Message);
        Assert.HasCount(3, waits);
    }

    [TestMethod]
    public async Task A_manifest_that_the_registry_changes_is_an_error()
    {
        using var image = new TestImage("one");
        using var fake = new FakeRegistry();
        fake.When(r => r.Method == HttpMethod.Get, _ => Manifest([.. fake.Manifests["1.0"], (byte)'\n']));
        await RegistryTest.FailsAsync(DiagnosticCodes.DigestMismatch, () => PushAsync(image, fake, "1.0"));
    }

    [TestMethod]
    public async Task A_tag_that_is_not_to_be_seen_yet_is_asked_for_again()
    {
        using var image = new TestImage("one");
        using var fake = new FakeRegistry();
        int asked = 0;
        fake.When(
            r => r.Method == HttpMethod.Get && r.RequestUri!.AbsolutePath.EndsWith("/1.0", StringComparison.Ordinal) && ++asked < 3,
            _ => FakeRegistry.Answer(HttpStatusCode.NotFound));
        await PushAsync(image, fake, "1.0");
        Assert.AreEqual(3, asked);
    }

    private static HttpResponseMessage Manifest(byte[] content)
    {
        HttpResponseMessage answer = new(HttpStatusCode.OK) { Content = new ByteArrayContent(content) };
        answer.Content.Headers.ContentType = new(EdgeSlim.Oci.MediaTypes.ImageManifest);
        return answer;
    }

    private Task<PushResult> PushAsync(TestImage image, FakeRegistry fake, params string[] tags) => PushAsync(image, fake, [], tags);

    private async Task<PushResult> PushAsync(TestImage image, FakeRegistry fake, List<TimeSpan> waits, params string[] tags)
    {
        using RegistryClient client = RegistryTest.Client(fake, waits: waits);
        return await RegistryTest.PushAsync(image.Layout, image.Tree, client.App(), tags, TestContext.CancellationToken);
    }
}
