using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>The sample GatewayAgent is watched by the real tracer, and serves under the profile that is made of that.</summary>
[TestClass]
[TestCategory(TestKinds.Container)]
[TestCategory(TestKinds.Registry)]
[TestCategory(TestKinds.Compiler)]
public sealed class GatewayProfileTests : IDisposable
{
    private readonly GatewayProject _gateway = new();

    private PublishedProject Project => _gateway.Project;

    private string Seccomp => Path.Combine(Project.EdgeFolder, "seccomp.json");

    public void Dispose() => _gateway.Dispose();

    [TestMethod]
    [Rotating(11)]
    public void GatewayAgent_forwards_over_TLS_under_its_own_profile_which_goes_where_the_image_is()
    {
        Command.Require("bpftrace", "bpftrace");
        using DockerRegistry registry = DockerRegistry.Start();
        using TlsServer upstream = new("ok");
        Project.Write("authority.pem", upstream.Authority);
        string[] registryArguments = [$"-p:ContainerRegistry={registry.Address}"];
        Project.EdgeImage(registryArguments).Succeeds();
        CommandResult result = _gateway.Run(
            "EdgeProfile", ["-p:EdgeTrialNetwork=host", $"-p:EdgeTrialPort={FreePort()}", "-p:EdgeProfileHttp=/health",
            "-p:EdgeProfileCommand=sh exercise.sh", $"-p:Upstream={upstream.Url}", .. registryArguments]).Succeeds();

        JsonElement learned = Read("profile.json");
        string[] allowed = [.. Names(Read("seccomp.json"))];
        Assert.IsLessThanOrEqualTo(80, allowed.Length);
        Assert.AreEqual(allowed.Length, learned.GetProperty("seccomp").GetProperty("syscalls").GetInt32());
        Assert.DoesNotContain("mount", allowed);
        Assert.Contains("Asked 20 times for /health: status 200 20 times.", result.Output);
        Assert.Contains(new Uri(upstream.Url).Authority, learned.GetProperty("connections").EnumerateArray().Select(c => c.GetString()!.Replace("[::ffff:127.0.0.1]", "127.0.0.1", StringComparison.Ordinal)));
        Assert.Contains("/etc/ssl/authority.pem", learned.GetProperty("opened").EnumerateArray().Select(c => c.GetString()!));
        Assert.MatchesRegex("GatewayAgent: [0-9]+ system calls allowed, of which [0-9]+ were seen; the image ran under them", result.Output);
        Assert.Contains("Never opened, so perhaps not needed: ", result.Output);

        // In the facts at once, in the registry, and in the report.
        Assert.AreEqual(DigestOf(learned), DigestOf(Read("facts.json").GetProperty("profile")));
        Assert.Contains("has the seccomp profile attached", result.Output);
        Assert.Contains("What it touches", File.ReadAllText(Path.Combine(Project.EdgeFolder, "report.html")));
        Assert.Contains("seccomp    ", Project.EdgeImage(registryArguments).Succeeds().Output);
    }

    [TestMethod]
    [Rotating(7)]
    public void A_system_call_outside_the_profile_is_denied()
    {
        Learn();
        using TemporaryFolder folder = new();
        string source = folder.Write(
            "mounts.c",
            """
            #include <errno.h>
            #include <stdio.h>
            #include <sys/mount.h>
            int main(void) { int failed = mount("none", "/tmp", "tmpfs", 0, ""); printf("mount: %d\n", failed ? errno : 0); return 0; }
            """);
        Directory.CreateDirectory(folder["root"]);
        Command.Run("/", "gcc", "-static", "-o", folder["root/mounts"], source).Succeeds();
        Directory.CreateDirectory(folder["root/tmp"]);
        Command.Run("/", "tar", "-C", folder["root"], "-cf", folder["root.tar"], ".").Succeeds();
        string image = $"edgeslim-mounts:{Guid.NewGuid():N}";
        Command.Run("/", "podman", "import", "-q", folder["root.tar"], image).Succeeds();
        try
        {
            // With all rights, so that it is the profile that says no.
            CommandResult Mounts(string seccomp) => Podman.RunWith(
                ["--network=none", "--user=0", "--cap-add=SYS_ADMIN", "--security-opt=no-new-privileges", $"--security-opt=seccomp={seccomp}"], image, "/mounts");
            Assert.AreEqual("mount: 0", Mounts("unconfined").Succeeds().Output.Trim());
            Assert.AreEqual("mount: 1", Mounts(Seccomp).Succeeds().Output.Trim());
        }
        finally
        {
            Podman.Remove(image);
        }
    }

    [TestMethod]
    [Rotating(13)]
    public void Nothing_is_left_of_a_profile_that_is_cancelled_or_killed()
    {
        Command.Require("bpftrace", "bpftrace");
        Interrupt("INT");
        Assert.IsEmpty(Left());
        Interrupt("KILL");
        Assert.IsEmpty(Tracers());
        Learn();
        Assert.IsEmpty(Left());
    }

    private void Interrupt(string signal)
    {
        using Process run = Project.Start("EdgeProfile", out StringBuilder output, GatewayProject.Ready, "-p:EdgeProfileCommand=sleep 600");
        Assert.IsTrue(Wait.Until(() => run.HasExited || Tracers().Length > 0) && !run.HasExited, output.ToString());
        Command.Run("/", "kill", "-" + signal, run.Id.ToString(CultureInfo.InvariantCulture)).Succeeds();
        Assert.IsTrue(run.WaitForExit(TimeSpan.FromMinutes(2)), "It did not end.");
        Assert.IsTrue(Wait.Until(() => Tracers().Length == 0), string.Join(", ", Tracers()));
    }

    private string[] Left() => [.. _gateway.Mark.Containers(), .. Tracers()];

    private string[] Tracers() => _gateway.Mark.Processes("bpftrace");

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Learn() => _gateway.Run("EdgeProfile", "-p:EdgeProfileHttp=/health").Succeeds();

    private static IEnumerable<string> Names(JsonElement seccomp) => seccomp.GetProperty("syscalls").EnumerateArray()
        .Where(r => r.GetProperty("action").GetString() == "SCMP_ACT_ALLOW")
        .SelectMany(r => r.GetProperty("names").EnumerateArray())
        .Select(n => n.GetString()!);

    private static string? DigestOf(JsonElement profile) => profile.GetProperty("seccomp").GetProperty("digest").GetString();

    private JsonElement Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Project.EdgeFolder, file)));
        return document.RootElement.Clone();
    }
}
