using System.Net;
using EdgeSlim.Delivery;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;
using EdgeSlim.Tests.Registry;

namespace EdgeSlim.Tests.Delivery;

[TestClass]
public sealed class DeliveryRunTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Each_failure_is_said_and_the_other_registries_get_the_image_all_the_same()
    {
        using var folder = new TemporaryFolder();
        using var refusing = new FakeRegistry();
        refusing.When(r => r.Method == HttpMethod.Post, _ => FakeRegistry.Answer(HttpStatusCode.Forbidden));
        using var broken = new FakeRegistry();
        broken.When(_ => true, _ => FakeRegistry.Answer(HttpStatusCode.NotImplemented));
        using var good = new FakeRegistry();
        using RegistryClient first = RegistryTest.Client(refusing, host: "first.test");
        using RegistryClient second = RegistryTest.Client(broken, host: "second.test");
        using RegistryClient third = RegistryTest.Client(good, host: "third.test");
        var sink = new RecordingSink();
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0");

        IReadOnlyList<Delivered>? delivered = await new DeliveryRun(sink).RunAsync(
            [new RegistryDestination(first, sink), new RegistryDestination(second, sink), new RegistryDestination(third, sink)],
            image,
            TestContext.CancellationToken);

        Assert.IsNull(delivered);
        // What can be seen before anything is sent comes first.
        Assert.AreEqual("EDGE4006 EDGE4004", string.Join(' ', sink.Codes));
        Assert.IsTrue(good.Manifests.ContainsKey("1.0"));
        Assert.IsEmpty(refusing.Manifests);
        Assert.IsTrue(sink.Diagnostics.Any(d => d.Text.StartsWith("Delivered all the same: third.test/team/agent:1.0", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task A_tag_that_is_another_images_stops_everything_before_anything_is_delivered()
    {
        using var folder = new TemporaryFolder();
        using var free = new FakeRegistry();
        using var taken = new FakeRegistry { Manifests = { ["1.0"] = "another image"u8.ToArray() } };
        using RegistryClient first = RegistryTest.Client(free, host: "first.test");
        using RegistryClient second = RegistryTest.Client(taken, host: "second.test");
        var sink = new RecordingSink();
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0");
        IDestination[] destinations =
        [
            new ArchiveDestination(folder["image.tar"], ArchiveFormat.Oci),
            new RegistryDestination(first, sink) { IsImmutable = tag => tag == "1.0" },
            new RegistryDestination(second, sink) { IsImmutable = tag => tag == "1.0" },
        ];

        Assert.IsNull(await new DeliveryRun(sink).RunAsync(destinations, image, TestContext.CancellationToken));

        Diagnostic error = sink.Diagnostics.Single(d => d.Severity == DiagnosticSeverity.Error);
        Assert.AreEqual(DiagnosticCodes.TagTaken, error.Code);
        Assert.Contains(Digest.Of("another image"u8).ToString(), error.Text);
        Assert.Contains(image.Tree.Root.Digest.ToString(), error.Text);
        Assert.IsFalse(File.Exists(folder["image.tar"]));
        Assert.IsTrue(free.Sent.Concat(taken.Sent).All(r => r.Method == HttpMethod.Head));
    }

    [TestMethod]
    public async Task A_tag_that_may_be_moved_is_moved_and_each_tag_is_asked_for_once()
    {
        using var folder = new TemporaryFolder();
        using var fake = new FakeRegistry { Manifests = { ["1.0"] = "another image"u8.ToArray() } };
        using RegistryClient client = RegistryTest.Client(fake);
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0");
        IReadOnlyList<Delivered>? delivered = await new DeliveryRun(new RecordingSink()).RunAsync(
            [new RegistryDestination(client, new RecordingSink())], image, TestContext.CancellationToken);
        Assert.HasCount(1, delivered!);
        Assert.AreEqual(image.Tree.Root.Digest, Digest.Of(fake.Manifests["1.0"]));
        Assert.AreEqual(1, fake.Lines.Count(l => l == "HEAD /v2/team/agent/manifests/1.0"));
    }

    [TestMethod]
    [DataRow("*", "0123abc", true)]
    [DataRow("*-nightly; v?", "0123-nightly", true)]
    [DataRow("*-nightly; v?", "v1", true)]
    [DataRow("*-nightly, v?", "v10", false)]
    [DataRow("", "v1", false)]
    public void Patterns_say_which_tags_may_be_moved(string patterns, string tag, bool expected) =>
        Assert.AreEqual(expected, TagPatterns.Parse(patterns).Match(tag));
}
