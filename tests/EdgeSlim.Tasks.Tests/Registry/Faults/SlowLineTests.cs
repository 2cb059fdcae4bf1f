using EdgeSlim.Oci;
using EdgeSlim.Registry;

namespace EdgeSlim.Tests.Registry.Faults;

/// <summary>A line of 1 MiB a second that is cut every 3 MB, with a real registry behind it.</summary>
[TestClass]
[TestCategory(TestKinds.Long)]
[TestCategory(TestKinds.Registry)]
public sealed class SlowLineTests
{
    private const long Speed = 1024 * 1024;
    private const long CutEvery = 3_000_000;

    // Usually the same line, only faster: what is sent again does not depend on its speed.
    private const long FastSpeed = 32 * Speed;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(true, DisplayName = "each connection is cut, and the registry sees half of a request")]
    [DataRow(false, DisplayName = "the whole line is cut, and the registry sees whole requests only")]
    public async Task A_line_that_is_cut_every_3_MB_costs_less_than_a_chunk_for_each_cut(bool eachConnection)
    {
        byte[] content = new byte[20_000_000];
        new Random(7).NextBytes(content);
        using TestImage image = new(content);
        using DockerRegistry registry = DockerRegistry.Start();
        using SlowLine line = new(Campaign.IsWhole ? Speed : FastSpeed, CutEvery, eachConnection);
        await using FaultyProxy proxy = new(registry.Address) { Line = line, Buffers = !eachConnection };
        RegistryOptions options = new() { FirstDelay = TimeSpan.FromMilliseconds(20) };
        using RegistryClient client = new(RegistryName.Parse(proxy.Address), RegistryTest.NoCredentials, options);

        PushResult result = await RegistryTest.PushAsync(
            image.Layout, image.Tree, client.App(), ["1.0"], TestContext.CancellationToken);

        long again = proxy.BodyBytes - image.Image.CompressedSize;
        TestContext.WriteLine($"{line.Cuts} cuts, {again} bytes sent again, {result.Requests} requests.");
        if (Environment.GetEnvironmentVariable("EDGESLIM_TEST_FIGURES") is string file)
        {
            await File.AppendAllTextAsync(
                file, $"slow line, each connection {eachConnection}: {line.Cuts} cuts, {again} bytes sent again, {result.Requests} requests\n",
                TestContext.CancellationToken);
        }

        Assert.IsGreaterThan(0, line.Cuts);
        Assert.IsLessThan(line.Cuts * options.ChunkSize, again);
        using TemporaryFolder folder = new();
        Descriptor layer = image.Image.Manifest.Layers[0];
        using RegistryClient direct = new(RegistryName.Parse(registry.Address), RegistryTest.NoCredentials);
        await direct.App().GetBlobAsync(layer, folder["layer"], TestContext.CancellationToken);
        Assert.AreEqual(layer.Size, new FileInfo(folder["layer"]).Length);
    }
}
