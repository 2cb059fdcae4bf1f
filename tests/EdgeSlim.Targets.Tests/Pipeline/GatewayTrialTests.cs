using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace EdgeSlim.Tests;

/// <summary>The sample GatewayAgent is tried, under gVisor too, and leaves nothing behind.</summary>
[TestClass]
[TestCategory(TestKinds.Container)]
[TestCategory(TestKinds.Compiler)]
public sealed class GatewayTrialTests : IDisposable
{
    private readonly GatewayProject _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [TestMethod]
    [Rotating(8)]
    public void GatewayAgent_passes_its_trial_and_under_gVisor()
    {
        Command.Require("runsc", "runsc");
        Assert.MatchesRegex(
            @"ready in [0-9.]+ ms, [0-9.]+ MB peak memory, [0-9.]+ ms of CPU, stopped in [0-9.]+ ms \(podman, ",
            _gateway.Run("EdgeTrial", "-p:EdgeMaxStartup=30s").Succeeds().Output);
        Assert.MatchesRegex(
            @"ready in [0-9.]+ ms, .*stopped in [0-9.]+ ms \(podman, ",
            _gateway.Run("EdgeTrial", "-p:EdgeMaxStartup=30s", "-p:EdgeRuntime=runsc", "-p:EdgeMemoryLimit=256Mi", "-p:EdgeMaxMemory=256MB").Succeeds().Output);
        Assert.IsEmpty(Left());
    }

    [TestMethod]
    [Rotating(1)]
    public void Nothing_is_left_of_a_load_test_that_is_cancelled_or_killed() => NothingIsLeft("podman");

    [TestMethod]
    [Rotating(6)]
    public void Nothing_is_left_of_a_load_test_without_an_engine_that_is_cancelled_or_killed() => NothingIsLeft("runc");

    private void NothingIsLeft(string engine)
    {
        Interrupt(engine, "INT");
        Assert.IsTrue(Wait.Until(() => Left().Length == 0), string.Join(", ", Left()));

        Interrupt(engine, "KILL");
        using Process run = Start(engine, out StringBuilder output, "-p:EdgeStressDuration=1s", "-p:EdgeStressMaxErrorRate=100%");
        Assert.IsTrue(run.WaitForExit(TimeSpan.FromMinutes(2)), "It did not end.");
        run.WaitForExit();
        Assert.AreEqual(0, run.ExitCode, output.ToString());
        Assert.IsEmpty(Left());
    }

    // What a killed build leaves may be gone at once: a trial of another test removes it as well as one of this test.
    private void Interrupt(string engine, string signal)
    {
        using Process run = Start(engine, out StringBuilder output);
        Assert.IsTrue(Wait.Until(() => run.HasExited || Processes().Length > 0) && !run.HasExited, output.ToString());
        Assert.IsNotEmpty(engine == "podman" ? _gateway.Mark.Containers() : TrialMark.Folders(_gateway.Project));
        Command.Run("/", "kill", "-" + signal, run.Id.ToString(CultureInfo.InvariantCulture)).Succeeds();
        Assert.IsTrue(run.WaitForExit(TimeSpan.FromMinutes(2)), "It did not end.");
    }

    private Process Start(string engine, out StringBuilder output, params string[] arguments) => _gateway.Project.Start(
        "EdgeStress", out output, [GatewayProject.Ready, $"-p:EdgeTrialEngine={engine}", .. arguments]);

    // Containers and images of the engine, folders, control groups, mounts and the application itself.
    private string[] Left() => [.. _gateway.Mark.Containers(), .. TrialMark.Folders(_gateway.Project), .. Processes()];

    private string[] Processes() => _gateway.Mark.Processes("GatewayAgent");
}
