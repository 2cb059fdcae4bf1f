using System.Formats.Tar;
using EdgeSlim.Oci;
using EdgeSlim.Tests.LinkChecks;
using EdgeSlim.Trials;

namespace EdgeSlim.Tests.Trials;

/// <summary>An image with a shell in it, which does what a test tells it to.</summary>
internal static class ShellImage
{
    /// <summary>
    /// What podman takes on all machines of these tests. Without it, each container costs a try with podman's own defaults, which
    /// where control groups of both versions are mixed come to nothing.
    /// </summary>
    public static IReadOnlyList<string> PodmanArguments { get; } =
        ["--runtime", "runc", "--ulimit", "nofile=1024:1024", "--ulimit", "nproc=4096:4096"];

    /// <summary>Makes it.</summary>
    /// <param name="folder">Where its layout is.</param>
    /// <param name="change">Changes what it says of itself.</param>
    /// <param name="add">Puts more into it.</param>
    public static TrialImage Create(TemporaryFolder folder, Func<ContainerConfig, ContainerConfig>? change = null, Action<TarWriter>? add = null)
    {
        string busybox = Programs.Find("busybox");
        using MemoryStream archive = new();
        using (TarWriter tar = new(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.File("bin/busybox", busybox);
            foreach (string tool in (string[])["sh", "id", "sleep", "cat", "grep", "nc", "httpd", "dd", "mount", "ls", "touch", "awk"])
            {
                tar.Link(TarEntryType.SymbolicLink, $"bin/{tool}", "busybox");
            }

            tar.Text("etc/passwd", "agent:x:1234:5678::/:/bin/sh\n");
            tar.Text("srv/health", "ok\n");
            tar.Text("srv/gone", "of a lower layer");
        }

        using MemoryStream upper = new();
        using (TarWriter tar = new(upper, TarEntryFormat.Ustar, leaveOpen: true))
        {
            tar.Text("srv/.wh.gone", "");
            add?.Invoke(tar);
        }

        ImageLayoutWriter writer = new(folder["oci"]);
        SampleLayout sample = new(folder);
        byte[][] layers = [archive.ToArray(), upper.ToArray()];
        foreach (byte[] layer in layers)
        {
            sample.Blob(layer, MediaTypes.Layer);
        }

        ContainerConfig settings = new()
        {
            Entrypoint = ["/bin/sh", "-c"],
            User = "agent",
            WorkingDir = "/srv",
            Env = ["PATH=/bin", "FROM=image"],
        };
        ImageConfig config = new()
        {
            Architecture = "amd64",
            OperatingSystem = "linux",
            Config = change?.Invoke(settings) ?? settings,
            RootFileSystem = new RootFileSystem { DiffIds = [.. layers.Select(l => Digest.Of(l))] },
        };
        writer.Commit(writer.WriteManifest(new ImageManifest { Config = writer.WriteConfig(config), Layers = sample.Layers }), ["1.0"]);
        return new TrialImage(sample.Layout, sample.Layout.ReadImage());
    }

    /// <summary>The settings of a trial of it.</summary>
    /// <param name="script">What the shell does.</param>
    public static TrialSettings Settings(string script) => new()
    {
        Profile = new TrialProfile { MilliCpus = 1000, MemoryBytes = 64 << 20, Arguments = [script] },
        Readiness = new Readiness { Exits = true },
        Limits = new TrialLimits(TimeSpan.FromMinutes(2), 64 << 20, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2)),
    };
}
