using EdgeSlim.Diagnostics;
using EdgeSlim.Registry;

namespace EdgeSlim.Tests.Registry;

[TestClass]
public sealed class TransferProgressTests
{
    [TestMethod]
    public void A_long_transfer_says_at_most_once_a_second_how_far_and_how_fast_it_is()
    {
        var sink = new RecordingSink();
        var clock = new Clock();
        TransferProgress progress = new(sink, clock, "registry.test/app");
        IProgress<long> large = progress.Part(8_000_000);
        IProgress<long> small = progress.Part(2_000_000);
        progress.Part(5_000_000);

        large.Report(1_000_000);
        clock.Milliseconds = 999;
        small.Report(500_000);
        Assert.IsEmpty(sink.Diagnostics);
        clock.Milliseconds = 2000;
        large.Report(2_000_000);
        large.Report(3_000_000);
        clock.Milliseconds = 3000;
        // Sent anew from an earlier place.
        large.Report(1_500_000);

        Assert.AreEqual(
            "registry.test/app: 25 % of 10.0 MB, 1.25 MB/s|registry.test/app: 20 % of 10.0 MB, 1.00 MB/s",
            string.Join('|', sink.Diagnostics.Select(d => d.Text)));
        Assert.IsTrue(sink.Diagnostics.All(d => d.Severity == DiagnosticSeverity.Information));

        // What takes really long is said to everybody, and not as often.
        foreach (int second in (int[])[10, 11, 19, 20])
        {
            clock.Milliseconds = 1000 * second;
            large.Report(2_000_000 + second);
        }

        Assert.AreEqual(
            "Important Information Information Important",
            string.Join(' ', sink.Diagnostics.Skip(2).Select(d => d.Severity)));
    }

    private sealed class Clock : TimeProvider
    {
        public long Milliseconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Milliseconds;
    }
}
