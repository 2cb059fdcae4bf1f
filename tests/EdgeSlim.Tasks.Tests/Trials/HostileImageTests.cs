using System.Formats.Tar;
using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;
using EdgeSlim.Tests.LinkChecks;
using EdgeSlim.Trials;
using EdgeSlim.Trials.Engines;

namespace EdgeSlim.Tests.Trials;

/// <summary>What an image cannot do to the machine that tries it, where no container engine stands between them.</summary>
[TestClass]
[TestCategory(TestKinds.Container)]
public sealed class HostileImageTests
{
    public static IEnumerable<string> Engines => ["plain", "runc"];

    public TestContext TestContext { get; set; } = null!;

    // unshare(1) took an entry point that begins with options for its own: the last of two wins.
    [TestMethod]
    [DynamicData(nameof(Engines))]
    [DataRow("plain", "--root=/x")]
    public async Task An_entry_point_is_no_option_of_what_starts_it(string engine, string first = "--root=/")
    {
        using TemporaryFolder folder = new();
        folder.Open(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute | UnixFileMode.OtherWrite);
        string[] entryPoint = [first, "--setuid=0", "--setgid=0", "--wd=/", "/bin/sh", "-c", $"id -u > {folder["escaped"]}"];
        TrialImage image = ShellImage.Create(folder, c => c with { Entrypoint = entryPoint, Cmd = [], User = "65532" });
        await TryAsync(engine, image, ShellImage.Settings("").Profile with { Arguments = [] });

        Assert.IsFalse(File.Exists(folder["escaped"]));
    }

    // The same with a file of that name, which is a valid program: it starts, with the rest as its arguments.
    [TestMethod]
    [DynamicData(nameof(Engines))]
    public async Task A_program_may_be_called_like_an_option(string engine)
    {
        using TemporaryFolder folder = new();
        TrialImage image = ShellImage.Create(
            folder,
            c => c with { Entrypoint = ["/app/--root=/x", "--setuid=0", "id"], WorkingDir = "/app" },
            tar => tar.Text("app/--root=/x", "#!/bin/sh\necho \"$@\"; id -u\n", mode: 0b111_101_101));
        List<string> lines = await TryAsync(engine, image, ShellImage.Settings("").Profile with { Arguments = ["--last"] });

        Assert.AreSequenceEqual(["--setuid=0 id --last", "1234"], lines);
    }

    [TestMethod]
    [DynamicData(nameof(Engines))]
    public async Task Root_of_an_image_is_nobody_on_the_machine(string engine)
    {
        using TemporaryFolder folder = new();
        string shared = Directory.CreateDirectory(folder["shared"]).FullName;
        Command.Run("/", "chmod", "777", shared).Succeeds();
        TrialImage image = ShellImage.Create(folder, c => c with { User = "0:0" });
        List<string> lines = await TryAsync(engine, image, ShellImage.Settings("").Profile with
        {
            Arguments = ["id -u; grep -E '^(CapEff|CapPrm|CapBnd|CapAmb|NoNewPrivs)' /proc/self/status; touch /shared/made; mount -t tmpfs none /tmp 2>/dev/null || echo no-mount"],
            Mounts = [new TrialMount("/shared", shared, false)],
        });

        const string None = "\t0000000000000000";
        Assert.AreSequenceEqual(["0", "CapPrm:" + None, "CapEff:" + None, "CapBnd:" + None, "CapAmb:" + None, "NoNewPrivs:\t1", "no-mount"], lines);
        Assert.AreEqual($"{UserNamespace.Root}", Command.Run("/", "stat", "-c", "%u", Path.Combine(shared, "made")).Succeeds().Output.Trim());
    }

    [TestMethod]
    [DynamicData(nameof(Engines))]
    public async Task The_files_of_roots_are_its_own_within_the_image(string engine)
    {
        using TemporaryFolder folder = new();
        TrialImage image = ShellImage.Create(folder, c => c with { User = "root" }, tar =>
        {
            tar.Text("etc/passwd", "root:x:0:0::/:/bin/sh\nagent:x:1234:5678::/:/bin/sh\n");
            tar.Text("srv/secret", "for root alone\n", mode: 0b110_000_000);
        });
        List<string> lines = await TryAsync(engine, image, ShellImage.Settings("cat /srv/secret; ls -ln /srv/secret | awk '{ print $3 }'").Profile);

        Assert.AreSequenceEqual(["for root alone", "0"], lines);
    }

    [TestMethod]
    [DynamicData(nameof(Engines))]
    public async Task The_kernel_of_the_machine_is_out_of_reach(string engine)
    {
        using TemporaryFolder folder = new();
        TrialImage image = ShellImage.Create(folder, c => c with { User = "0" });
        List<string> lines = await TryAsync(engine, image, ShellImage.Settings(
            "(echo 1 > /proc/sys/kernel/sysrq) 2>/dev/null || echo no-sysctl; (echo b > /proc/sysrq-trigger) 2>/dev/null || echo no-sysrq;"
            + " cat /proc/kcore 2>/dev/null | busybox wc -c; ls /sys/firmware | busybox wc -l;"
            + " busybox mkdir /sys/fs/cgroup/new /sys/fs/cgroup/memory/new 2>/dev/null || echo no-group;"
            + " ls / | grep -c '^host'; ls /proc | grep -c '^[0-9]' | awk '{ print ($1 < 8) ? \"few\" : $1 }'").Profile);

        Assert.AreSequenceEqual(["no-sysctl", "no-sysrq", "0", "0", "no-group", "0", "few"], lines);
    }

    [TestMethod]
    public async Task Dangerous_system_calls_are_denied()
    {
        using TemporaryFolder folder = new();
        List<string> lines = await TryAsync("plain", ShellImage.Create(folder), ShellImage.Settings(
            "grep -E '^Seccomp:' /proc/self/status; busybox unshare -r true 2>/dev/null || echo no-namespace;"
            + " busybox unshare -m true 2>/dev/null || echo no-mounts; busybox hostname other 2>/dev/null || echo no-name").Profile);

        Assert.AreSequenceEqual(["Seccomp:\t2", "no-namespace", "no-mounts", "no-name"], lines);
    }

    // A link of the image is one within the image, also where root unpacks it and mounts into it.
    [TestMethod]
    [DynamicData(nameof(Engines))]
    public async Task Links_of_an_image_lead_nowhere_else(string engine)
    {
        using TemporaryFolder folder = new();
        using TemporaryFolder victim = new();
        string hosts = victim.Write("hosts", "precious");
        string file = folder.Write("app.json", "{}");
        TrialImage image = ShellImage.Create(
            folder,
            c => c with { User = "1234:5678" },
            tar =>
            {
                tar.Text(".wh.etc", "");
                tar.Link(TarEntryType.SymbolicLink, "etc", victim.Path);
                tar.Link(TarEntryType.SymbolicLink, "data", victim["data"]);
                tar.Link(TarEntryType.SymbolicLink, "loop/a", "../loop/a");
                tar.Link(TarEntryType.SymbolicLink, "up", "../../../.." + victim["up"]);
            });
        List<string> lines = await TryAsync(engine, image, ShellImage.Settings("").Profile with
        {
            Arguments = ["touch /data/state/new && echo state; cat /data/cfg/app.json; echo; touch /up/new && echo up"],
            Mounts =
            [
                new TrialMount("/data/state", null, false), new TrialMount("/data/cfg/app.json", file, true), new TrialMount("/up", null, false),
            ],
        });

        Assert.AreSequenceEqual(["state", "{}", "up"], lines);
        Assert.AreEqual("precious", await File.ReadAllTextAsync(hosts, TestContext.CancellationToken));
        Assert.AreSequenceEqual([hosts], Directory.GetFileSystemEntries(victim.Path));
    }

    [TestMethod]
    public async Task Folders_of_the_kernel_that_are_links_stay_in_the_image()
    {
        using TemporaryFolder folder = new();
        using TemporaryFolder victim = new();
        TrialImage image = ShellImage.Create(folder, c => c with { User = "1234:5678" }, tar =>
        {
            foreach (string name in (string[])["proc", "sys", "dev"])
            {
                tar.Link(TarEntryType.SymbolicLink, name, victim[name]);
            }
        });
        List<string> lines = await TryAsync("plain", image, ShellImage.Settings("touch /tmp/new && echo done").Profile);

        Assert.AreSequenceEqual(["done"], lines);
        Assert.IsEmpty(Directory.GetFileSystemEntries(victim.Path));
    }

    [TestMethod]
    [DataRow("argument")]
    [DataRow("variable")]
    public async Task A_text_that_looks_like_a_step_is_none_and_a_zero_byte_is_refused(string where)
    {
        using TemporaryFolder folder = new();
        TrialImage image = ShellImage.Create(folder);
        TrialProfile profile = ShellImage.Settings("").Profile;
        TrialProfile With(string text) => where == "argument"
            ? profile with { Arguments = ["id -u; exit 0", text, "1", "user", "1", "0"] }
            : profile with { Arguments = ["id -u"], Environment = new Dictionary<string, string> { ["user"] = text } };

        Assert.AreSequenceEqual(["1234"], await TryAsync("plain", image, With("user")));
        EdgeException e = await Assert.ThrowsExactlyAsync<EdgeException>(() => TryAsync("plain", image, With("a\0user\01\00")));
        Assert.AreEqual(DiagnosticCodes.TrialEngineFailed, e.Code);
    }

    [TestMethod]
    public async Task A_folder_that_others_can_enter_is_not_deleted()
    {
        string name = $"{CommandLineEngine.Prefix}-{TrialOwner.Current with { StartTime = "1" }}-";
        string open = Path.Combine(Path.GetTempPath(), name + "open");
        Command.Run("/", "mkdir", "-m", "775", open).Succeeds();
        string own = Directory.CreateTempSubdirectory(name).FullName;
        using TemporaryFolder elsewhere = new();
        string link = Path.Combine(Path.GetTempPath(), name + "link");
        try
        {
            elsewhere.Write("precious", "");
            Directory.CreateSymbolicLink(link, elsewhere.Path);
            await TrialFolder.RemoveDeadAsync();

            Assert.IsTrue(Directory.Exists(open));
            Assert.IsFalse(Directory.Exists(own));
            Assert.IsTrue(File.Exists(elsewhere["precious"]));
        }
        finally
        {
            Directory.Delete(open, recursive: true);
            File.Delete(link);
        }
    }

    private async Task<List<string>> TryAsync(string engine, TrialImage image, TrialProfile profile)
    {
        TestKinds.Check(engine);
        (ITrialEngine? found, string whyNot) = await new TrialEngines(new MachineTools(Environment.GetEnvironmentVariable("PATH") ?? ""))
            .FindAsync(engine == PlainEngine.EngineName ? engine : Programs.Find(engine), null, false, TestContext.CancellationToken);
        Assert.IsNotNull(found, whyNot);
        List<string> lines = [];
        try
        {
            await using ITrialContainer container = await found.CreateAsync(image, profile, TestContext.CancellationToken);
            await container.RunAsync(
                line =>
                {
                    lock (lines)
                    {
                        lines.Add(line);
                    }
                },
                TestContext.CancellationToken);
        }
        catch (EdgeException e) when (e.Code == DiagnosticCodes.TrialEngineFailed && profile.Arguments is [])
        {
            // runc finds out before it starts that there is no such program.
        }

        return lines;
    }
}
