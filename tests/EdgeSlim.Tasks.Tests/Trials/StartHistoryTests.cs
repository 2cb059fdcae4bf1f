using EdgeSlim.Trials;

namespace EdgeSlim.Tests.Trials;

[TestClass]
public sealed class StartHistoryTests
{
    [TestMethod]
    public void The_last_trials_are_kept_and_those_without_a_start_are_none()
    {
        IReadOnlyList<StartPoint> history = [];
        for (int i = 0; i < StartHistory.MaxPoints + 5; i++)
        {
            history = StartHistory.Add(history, TrialSamples.Result with { StartupMilliseconds = i, PeakMemoryBytes = 7 }, "c0ffee");
        }

        Assert.HasCount(StartHistory.MaxPoints, history);
        Assert.AreEqual(new StartPoint("c0ffee", TrialSamples.Result.Digest, StartHistory.MaxPoints + 4, 7), history[^1]);
        Assert.AreSame(history, StartHistory.Add(history, TrialSamples.Result with { StartupMilliseconds = null }, null));
    }
}
