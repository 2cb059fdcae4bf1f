using System.Diagnostics;

namespace EdgeSlim.Tests.Delivery;

/// <summary>A containerd of the test's own, without Kubernetes and without containers.</summary>
internal sealed class Containerd : IDisposable
{
    private readonly Process _daemon;

    private Containerd(TemporaryFolder folder)
    {
        string containerd = Programs.Find("containerd");
        File.WriteAllText(
            folder["config.toml"],
            $"""
            version = 2
            root = "{folder["root"]}"
            state = "{folder["state"]}"
            disabled_plugins = ["io.containerd.grpc.v1.cri"]
            [grpc]
              address = "{folder["socket"]}"
            """);
        // The user's own would be found by these variables too; other tests shall not find this one.
        Ctr = folder.WriteProgram(
            "ctr", $"#!/bin/sh\nCONTAINERD_SNAPSHOTTER=native exec {Programs.Find("ctr")} --address {folder["socket"]} \"$@\"\n");
        _daemon = Process.Start(
            new ProcessStartInfo(containerd, ["--config", folder["config.toml"]]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        _daemon.BeginErrorReadLine();
        _daemon.BeginOutputReadLine();
    }

    /// <summary>Its client.</summary>
    public string Ctr { get; }

    /// <summary>Starts it, and waits until it answers.</summary>
    public static async Task<Containerd> StartAsync(TemporaryFolder folder, CancellationToken cancellationToken)
    {
        Containerd containerd = new(folder);
        var watch = Stopwatch.StartNew();
        while (Command.Run("/", containerd.Ctr, "version").ExitCode != 0)
        {
            Assert.IsLessThan(120, watch.Elapsed.TotalSeconds);
            await Task.Delay(200, cancellationToken);
        }

        return containerd;
    }

    /// <summary>The line of the list of images that begins with a name.</summary>
    public string Line(string name) => Command.Run("/", Ctr, "images", "ls").Succeeds().Output
        .Split('\n').Single(l => l.StartsWith(name + " ", StringComparison.Ordinal));

    public void Dispose()
    {
        _daemon.Kill(entireProcessTree: true);
        _daemon.WaitForExit();
        _daemon.Dispose();
    }
}
