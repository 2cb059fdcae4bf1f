using System.Diagnostics;
using EdgeSlim.Delivery;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Tests.Delivery;

/// <summary>A containerd of the test's own, without Kubernetes and without containers.</summary>
[TestClass]
[DoNotParallelize]
public sealed class ContainerdTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task An_image_is_in_containerd_under_its_names_and_with_its_digest()
    {
        string containerd = Programs.Find("containerd");
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(
            folder["config.toml"],
            $"""
            version = 2
            root = "{folder["root"]}"
            state = "{folder["state"]}"
            disabled_plugins = ["io.containerd.grpc.v1.cri"]
            [grpc]
              address = "{folder["socket"]}"
            """,
            TestContext.CancellationToken);
        // The user's own would be found by these variables too; other tests shall not find this one.
        string ctr = folder.WriteProgram(
            "ctr", $"#!/bin/sh\nCONTAINERD_SNAPSHOTTER=native exec {Programs.Find("ctr")} --address {folder["socket"]} \"$@\"\n");
        using Process daemon = Process.Start(
            new ProcessStartInfo(containerd, ["--config", folder["config.toml"]]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        daemon.BeginErrorReadLine();
        daemon.BeginOutputReadLine();
        try
        {
            DeliverableImage image = await DeliveryTest.ImageAsync(folder, "1.0", "latest");
            Delivered delivered = await LoadAsync(ctr, image);

            CommandResult listed = Command.Run("/", ctr, "images", "ls").Succeeds();
            foreach (string name in delivered.Names)
            {
                string line = listed.Output.Split('\n').Single(l => l.StartsWith(name + " ", StringComparison.Ordinal));
                Assert.Contains(image.Tree.Root.Digest.ToString(), line);
            }
        }
        finally
        {
            daemon.Kill(entireProcessTree: true);
            await daemon.WaitForExitAsync(TestContext.CancellationToken);
        }
    }

    // Until the daemon listens, ctr fails.
    private async Task<Delivered> LoadAsync(string ctr, DeliverableImage image)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return await new EngineDestination(ContainerEngine.Containerd, ctr).DeliverAsync(image, TestContext.CancellationToken);
            }
            catch (EdgeException) when (watch.Elapsed < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(200, TestContext.CancellationToken);
            }
        }
    }
}
