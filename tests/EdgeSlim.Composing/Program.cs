using System.Globalization;
using EdgeSlim.Composing;
using EdgeSlim.Composition;
using EdgeSlim.Delivery;
using EdgeSlim.Oci;
using EdgeSlim.Registry;
using EdgeSlim.Registry.Credentials;

if (args is ["try", string engine, string triedFolder])
{
    return await TrialRun.RunAsync(engine, triedFolder);
}

// Arguments: a folder with files of the runtime/ and of the application, the folder of the layout, that of the cache and
// how much it may hold, and the registry; "" for none. Writes the digest of the image.
if (args is not [string files, string layoutFolder, string cacheFolder, string cacheBytes, string address])
{
    return 2;
}

ConsoleSink sink = new();
ImagePlan plan = AgentPlan.Of(files, sink);
LayerCache? cache = cacheFolder.Length == 0
    ? null
    : new LayerCache(cacheFolder, long.Parse(cacheBytes, CultureInfo.InvariantCulture), sink);
LayoutImage image = await new ImageComposer(layoutFolder, layoutFolder + ".lock", sink, cache)
    .ComposeAsync(plan, CancellationToken.None);
if (address.Length > 0)
{
    RegistryName name = RegistryName.Parse(address);
    using RegistryClient client = new(name, CredentialChain.Default(_ => null, null));
    await new RegistryDestination(client, sink).DeliverAsync(
        new DeliverableImage(new ImageLayout(layoutFolder), LayoutTree.Of(image), plan.Repository, plan.Tags), CancellationToken.None);
}

Console.WriteLine(image.Descriptor.Digest);
return 0;
