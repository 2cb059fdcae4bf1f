using EdgeSlim.Delivery;

namespace EdgeSlim.Tests.Delivery;

[TestClass]
[TestCategory(TestKinds.Container)]
public sealed class ContainerdTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task An_image_is_in_containerd_under_its_names_and_with_its_digest()
    {
        using TemporaryFolder folder = new();
        using Containerd containerd = await Containerd.StartAsync(folder, TestContext.CancellationToken);
        DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0", "latest");

        Delivered delivered = await new EngineDestination(ContainerEngine.Containerd, containerd.Ctr).DeliverAsync(image, TestContext.CancellationToken);

        foreach (string name in delivered.Names)
        {
            Assert.Contains(image.Tree.Root.Digest.ToString(), containerd.Line(name));
        }
    }
}
