using EdgeSlim.Composition;
using EdgeSlim.Delivery;
using EdgeSlim.Oci;
using EdgeSlim.Tests.Composition;

namespace EdgeSlim.Tests.Delivery;

/// <summary>What most tests of the delivery begin with: a composed image.</summary>
internal static class DeliveryTest
{
    public static async Task<DeliverableImage> ImageAsync(TemporaryFolder folder, params string[] tags)
    {
        ImagePlan plan = PlanSamples.Plan(PlanSamples.Payload(folder, ("agent", "binary"), ("data/größe", "x")), tags: tags);
        LayoutImage image = await new ImageComposer(folder["oci"], folder["lock"]).ComposeAsync(plan, CancellationToken.None);
        return new DeliverableImage(new ImageLayout(folder["oci"]), LayoutTree.Of(image), "team/agent", tags);
    }
}
