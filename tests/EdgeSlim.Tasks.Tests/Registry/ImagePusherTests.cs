using System.Net;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;

namespace EdgeSlim.Tests.Registry;

[TestClass]
public sealed class ImagePusherTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Blobs_go_before_the_manifest_and_the_manifest_before_its_further_tags()
    {
        using var image = new TestImage("one", "two");
        using var fake = new FakeRegistry();
        PushResult result = await PushAsync(image, fake, "1.0", "latest");

        string[] writes = [.. fake.Lines.Where(l => l.StartsWith("PUT", StringComparison.Ordinal))];
        Assert.HasCount(5, writes);
        Assert.IsTrue(writes[..3].All(l => l.Contains("/uploads/", StringComparison.Ordinal)));
        Assert.AreEqual("PUT /v2/team/app/manifests/1.0 PUT /v2/team/app/manifests/latest", string.Join(' ', writes[3..]));
        Assert.AreEqual(
            new PushResult
            {
                Digest = image.Digest,
                Tags = result.Tags,
                BlobsUploaded = 3,
                BytesUploaded = image.Image.CompressedSize - image.Image.Descriptor.Size,
                ManifestsWritten = 2,
                Requests = 2 + (3 * 3) + 2 + 3,
            },
            result);
        Assert.AreEqual("1.0 latest", string.Join(' ', result.Tags));
        Assert.AreEqual(image.Digest, Digest.Of(fake.Manifests["latest"]));
    }

    [TestMethod]
    public async Task A_tag_that_points_to_the_image_already_costs_one_request()
    {
        using var image = new TestImage("one");
        using var fake = new FakeRegistry();
        await PushAsync(image, fake, "1.0");
        int before = fake.Sent.Count;
        PushResult result = await PushAsync(image, fake, "1.0");
        Assert.AreEqual(before + 1, fake.Sent.Count);
        Assert.AreEqual(1, result.Requests);
        Assert.IsTrue(result.UpToDate);
    }

    [TestMethod]
    public async Task Only_the_tags_that_point_elsewhere_are_written()
    {
        using var image = new TestImage("one");
        using var fake = new FakeRegistry();
        await PushAsync(image, fake, "1.0");
        fake.Manifests["latest"] = "another image"u8.ToArray();
        int before = fake.Sent.Count;
        PushResult result = await PushAsync(image, fake, "1.0", "latest", "latest");
        Assert.AreEqual(
            "PUT /v2/team/app/manifests/latest",
            fake.Lines.Skip(before).Single(l => !l.StartsWith("HEAD", StringComparison.Ordinal) && !l.StartsWith("GET", StringComparison.Ordinal)));
        Assert.AreEqual(2, result.BlobsPresent);
        Assert.AreEqual(0, result.BlobsUploaded);
        Assert.AreEqual("1.0 latest", string.Join(' ', result.Tags));
        Assert.IsFalse(result.UpToDate);
    }

    [TestMethod]
    public async Task Without_tags_the_image_can_be_pulled_by_its_digest()
    {
        using var image = new TestImage("one");
        using var fake = new FakeRegistry();
        await PushAsync(image, fake);
        Assert.AreEqual(image.Digest.ToString(), fake.Manifests.Keys.Single());
        Assert.AreEqual(1, (await PushAsync(image, fake)).Requests);
    }

    [TestMethod]
    public async Task The_images_of_an_index_go_before_it_and_what_they_share_goes_once()
    {
        using var layout = new TemporaryFolder();
        using var first = new TestImage(layout, "shared", "one");
        using var second = new TestImage(layout, "shared", "two");
        LayoutTree tree = TestImage.Index(first, second);
        using var fake = new FakeRegistry();
        using RegistryClient client = RegistryTest.Client(fake);
        PushResult result = await RegistryTest.PushAsync(first.Layout, tree, client.App(), ["1.0"], TestContext.CancellationToken);

        Assert.AreEqual(tree.Root.Digest, result.Digest);
        Assert.AreEqual(5, result.BlobsUploaded);
        Assert.AreEqual(
            $"PUT /v2/team/app/manifests/{first.Digest} PUT /v2/team/app/manifests/{second.Digest} PUT /v2/team/app/manifests/1.0",
            string.Join(' ', fake.Lines.Where(l => l.StartsWith("PUT", StringComparison.Ordinal)).Skip(5)));
        CollectionAssert.AreEqual(
            await File.ReadAllBytesAsync(first.Layout.BlobPath(tree.Root.Digest), TestContext.CancellationToken), fake.Manifests["1.0"]);

        int before = fake.Sent.Count;
        await RegistryTest.PushAsync(first.Layout, tree, client.App(), ["1.0"], TestContext.CancellationToken);
        Assert.HasCount(before + 1, fake.Sent);
    }

    [TestMethod]
    public async Task A_layer_that_occurs_twice_is_sent_once()
    {
        using var image = new TestImage("same", "same", "same");
        using var fake = new FakeRegistry();
        PushResult result = await PushAsync(image, fake, "1.0");
        Assert.AreEqual(2, result.BlobsUploaded);
        Assert.AreEqual(2, fake.Sent.Count(r => r.Method == HttpMethod.Post));
    }

    [TestMethod]
    public async Task At_most_four_blobs_are_on_their_way_at_once()
    {
        using var image = new TestImage([.. Enumerable.Range(0, 9).Select(i => $"layer {i}")]);
        using var fake = new FakeRegistry();
        int now = 0;
        int most = 0;
        var four = new TaskCompletionSource();
        fake.Fault = async (request, ct) =>
        {
            if (request.Method == HttpMethod.Post)
            {
                int count = Interlocked.Increment(ref now);
                InterlockedMax(ref most, count);
                if (count == 4)
                {
                    four.TrySetResult();
                }

                // Nobody passes before four are here: fewer would hang, more would be counted.
                await four.Task.WaitAsync(TimeSpan.FromSeconds(60), ct);
                await Task.Yield();
                Interlocked.Decrement(ref now);
            }

            return null;
        };
        await PushAsync(image, fake, "1.0");
        Assert.AreEqual(4, most);
    }

    [TestMethod]
    public async Task A_blob_that_fails_stops_its_siblings_and_no_tag_is_written()
    {
        using var image = new TestImage("one", "two", "three", "four", "five", "six");
        using var fake = new FakeRegistry();
        int posts = 0;
        fake.Fault = async (request, ct) =>
        {
            if (request.Method == HttpMethod.Post && Interlocked.Increment(ref posts) == 2)
            {
                return FakeRegistry.Answer(HttpStatusCode.Forbidden, """{"errors":[{"code":"DENIED","message":"quota"}]}""");
            }

            if (request.Method == HttpMethod.Post)
            {
                await Task.Delay(Timeout.Infinite, ct);
            }

            return null;
        };
        EdgeException e = await RegistryTest.FailsAsync(DiagnosticCodes.Forbidden, () => PushAsync(image, fake, "1.0"));
        Assert.Contains("DENIED: quota", e.Message);
        Assert.IsEmpty(fake.Manifests);
    }

    [TestMethod]
    public async Task A_push_that_is_cancelled_writes_no_tag()
    {
        using var image = new TestImage("one");
        using var fake = new FakeRegistry();
        using var cancellation = new CancellationTokenSource();
        fake.Fault = async (request, ct) =>
        {
            if (request.Method == HttpMethod.Put)
            {
                await cancellation.CancelAsync();
                await Task.Delay(Timeout.Infinite, ct);
            }

            return null;
        };
        using RegistryClient client = RegistryTest.Client(fake);
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => RegistryTest.PushAsync(image.Layout, image.Tree, client.App(), ["1.0"], cancellation.Token));
        Assert.IsEmpty(fake.Manifests);
    }

    [TestMethod]
    public async Task A_damaged_manifest_is_found_before_anything_is_sent()
    {
        using var image = new TestImage("one");
        string path = image.Layout.BlobPath(image.Digest);
        string text = await File.ReadAllTextAsync(path, TestContext.CancellationToken);
        await File.WriteAllTextAsync(path, text.Replace('2', '3'), TestContext.CancellationToken);
        using var fake = new FakeRegistry();
        await RegistryTest.FailsAsync(DiagnosticCodes.LayoutDamaged, () => PushAsync(image, fake, "1.0"));
        Assert.AreEqual("HEAD /v2/team/app/manifests/1.0", string.Join(' ', fake.Lines));
    }

    [TestMethod]
    public async Task A_blob_that_is_gone_from_the_layout_is_named()
    {
        using var image = new TestImage("one");
        File.Delete(image.Layout.BlobPath(image.Image.Manifest.Layers[0].Digest));
        using var fake = new FakeRegistry();
        await RegistryTest.FailsAsync(DiagnosticCodes.LayoutDamaged, () => PushAsync(image, fake, "1.0"));
        Assert.IsEmpty(fake.Manifests);
    }

    private async Task<PushResult> PushAsync(TestImage image, FakeRegistry fake, params string[] tags)
    {
        using RegistryClient client = RegistryTest.Client(fake);
        return await RegistryTest.PushAsync(image.Layout, image.Tree, client.App(), tags, TestContext.CancellationToken);
    }

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
