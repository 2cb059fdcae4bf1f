using EdgeSlim.Diagnostics;
using EdgeSlim.Profiles.Tracing;
using EdgeSlim.Publishing;
using EdgeSlim.Syscalls;

namespace EdgeSlim.Tests.Profiles;

/// <summary>How tracers are chosen, and what comes of those that do not do as they should; programs stand in their place.</summary>
[TestClass]
public sealed class TracerProcessTests
{
    private const string Works =
        """
        #!/bin/sh
        trap 'echo "@enter[2, 202]: 1"; echo "@program[/app/Agent]: 1"; exit 0' TERM
        echo edgeslim-ready
        while :; do sleep 0.05; done
        """;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task One_that_cannot_watch_gives_way_to_the_next_and_is_named_where_it_is_the_only_one()
    {
        using TemporaryFolder folder = new();
        folder.WriteProgram("bpftrace", "#!/bin/sh\necho 'ERROR: failed to load' >&2\nexit 1\n");
        folder.WriteProgram("strace", "#!/bin/sh\nprintf '%s\\n' 'strace: Process 1 attached' 'execve(\"/app/Agent\", [], 0) = 0' 'brk(NULL) = 0' >&2\nexec sleep 60\n");
        RecordingSink sink = new();
        Tracers tracers = new(new MachineTools(folder.Path), SyscallTable.Find("amd64")!, sink);

        await using (TracerProcess tracer = await tracers.AttachAsync(null, 1, TestContext.CancellationToken))
        {
            Trace trace = await tracer.StopAsync(TestContext.CancellationToken);
            Assert.AreEqual("strace", trace.Tracer);
            Assert.AreSequenceEqual(["brk"], trace.Syscalls);
        }

        EdgeException failed = await Assert.ThrowsExactlyAsync<EdgeException>(() => tracers.AttachAsync("bpftrace", 1, TestContext.CancellationToken));
        Assert.AreEqual(DiagnosticCodes.TracerFailed, failed.Code);
        Assert.Contains("'bpftrace' cannot watch the image: ERROR: failed to load", failed.Message);
        EdgeException missing = await Assert.ThrowsExactlyAsync<EdgeException>(() => tracers.AttachAsync("/gone/bpftrace", 1, TestContext.CancellationToken));
        Assert.AreEqual(DiagnosticCodes.NoTracer, missing.Code);
    }

    [TestMethod]
    public async Task It_says_what_it_saw_when_it_is_told_to_end()
    {
        using TemporaryFolder folder = new();
        string program = folder.WriteProgram("tracer", Works);
        await using TracerProcess tracer = await TracerProcess.StartAsync(
            "tracer", "TERM", [program], new Dictionary<string, string>(), new BpftraceReader(SyscallTable.Find("amd64")!), TestContext.CancellationToken);
        Trace trace = await tracer.StopAsync(TestContext.CancellationToken);
        Assert.AreSequenceEqual(["futex"], trace.Syscalls);
    }
}
