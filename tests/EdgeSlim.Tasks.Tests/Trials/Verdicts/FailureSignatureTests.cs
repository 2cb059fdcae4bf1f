using EdgeSlim.Trials;
using EdgeSlim.Trials.Verdicts;

namespace EdgeSlim.Tests.Trials.Verdicts;

[TestClass]
public sealed class FailureSignatureTests
{
    [TestMethod]
    public void What_did_well_has_none() => Assert.AreEqual("", FailureSignature.Of(TrialSamples.Good));

    [TestMethod]
    [DataRow("Connection refused (127.0.0.1:5432)", "Connection refused (10.88.0.7:41234)")]
    [DataRow("Object 3f2504e0-4f89-11d3-9a0c-0305e82c3301 is gone", "Object 21ec2020-3aea-4069-a2dd-08002b30309d is gone")]
    [DataRow("Fault at 0x7f3a12bc", "Fault at 0x55d0")]
    [DataRow("Failed at 2026-01-02T03:04:05.678Z", "Failed at 2027-11-12T13:14:15Z")]
    [DataRow("Failed at 03:04:05", "Failed at 13:14:15.1")]
    [DataRow("Request 0HN4V2LK2A3B1:00000001 failed", "Request 0HN5AAAK2A3B7:00000009 failed")]
    [DataRow("Blob a1b2c3d4e5f6a7b8 is missing", "Blob 00ff00ff00ff00ff11 is missing")]
    [DataRow("It took 12 ms", "It took  1200 ms")]
    public void What_differs_from_run_to_run_is_left_out(string one, string other) =>
        Assert.AreEqual(FailureSignature.Of(Crashed(one, 134)), FailureSignature.Of(Crashed(other, 139)));

    [TestMethod]
    public void Other_words_other_types_and_other_exit_codes_are_other_failures()
    {
        TrialObservation silent = Crashed("x", 1) with { Exceptions = [] };
        string[] signatures =
        [
            FailureSignature.Of(Crashed("Could not load 'a'", 134)),
            FailureSignature.Of(Crashed("Could not load 'b'", 134)),
            FailureSignature.Of(Crashed("Could not load 'a'", 134) with { Exceptions = [new UnhandledError("A", "Could not load 'a'", true)] }),
            FailureSignature.Of(silent),
            FailureSignature.Of(silent with { ExitCode = 2 }),
            FailureSignature.Of(silent with { ExitCode = 139 }),
            FailureSignature.Of(silent with { IsOutOfMemory = true }),
            FailureSignature.Of(TrialSamples.Good with { IsReady = false }),
            FailureSignature.Of(TrialSamples.Good with { Routes = [new RouteAnswer("/a", 500)] }),
            FailureSignature.Of(TrialSamples.Good with { Routes = [new RouteAnswer("/a", 404)] }),
            FailureSignature.Of(TrialSamples.Good with { Port = 8080, IsPortOpen = false }),
            FailureSignature.Of(TrialSamples.Good with { ExitCode = 1 }),
        ];

        CollectionAssert.AllItemsAreUnique(signatures);
        Assert.DoesNotContain("", signatures);
    }

    private static TrialObservation Crashed(string message, int exitCode) => TrialSamples.Good with
    {
        IsReady = false,
        EndedItself = true,
        IsCrashed = true,
        Stop = null,
        ExitCode = exitCode,
        Exceptions = [new UnhandledError("System.InvalidOperationException", message, true)],
    };
}
