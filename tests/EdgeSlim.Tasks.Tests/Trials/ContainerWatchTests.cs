using System.Diagnostics;
using EdgeSlim.Trials;

namespace EdgeSlim.Tests.Trials;

[TestClass]
public sealed class ContainerWatchTests
{
    public TestContext TestContext { get; set; } = null!;

    // What the kernel did to an application shows in its control group only after its end.
    [TestMethod]
    public async Task The_last_look_sees_what_came_after_the_one_before()
    {
        Programs.Find("sleep");
        using Process process = Process.Start("sleep", "60");
        ContainerWatch watch = new(process.Id);
        watch.Read();
        Assert.IsFalse(watch.Ended.IsCompleted);

        process.Kill();
        await process.WaitForExitAsync(TestContext.CancellationToken);
        watch.Read();

        Assert.IsTrue(watch.Ended.IsCompleted);
        Assert.IsNotNull(watch.EndedAt);
    }

    // docker shows the process of a container only when it is the application already.
    [TestMethod]
    public async Task A_process_that_is_seen_late_counts_from_its_start()
    {
        Programs.Find("sleep");
        long asked = Stopwatch.GetTimestamp();
        await Task.Delay(300, TestContext.CancellationToken);
        using Process process = Process.Start("sleep", "60");
        long made = Stopwatch.GetTimestamp();
        await Task.Delay(300, TestContext.CancellationToken);
        double Before(long? found) => (made - found!.Value) * 1000.0 / Stopwatch.Frequency;
        DateTimeOffset told = DateTimeOffset.UtcNow.AddMilliseconds(-100);
        long? byProcess = ApplicationStart.Find(process.Id, null, asked);
        long? byEngine = ApplicationStart.Find(process.Id, told, asked);
        long? byWrongClock = ApplicationStart.Find(process.Id, told.AddHours(1), asked);
        long? ofAnother = ApplicationStart.Find(process.Id, told, Stopwatch.GetTimestamp());
        ContainerWatch watch = new(process.Id, byEngine);
        process.Kill();

        Assert.IsInRange(-60, 60, Before(byProcess));
        Assert.IsInRange(-320, -100, Before(byEngine));
        Assert.AreEqual(Before(byProcess), Before(byWrongClock), 30);
        Assert.IsNull(ofAnother);
        Assert.AreEqual(byEngine, watch.StartedAt);
        Assert.IsNull(new ContainerWatch(Environment.ProcessId).StartedAt);
    }

    [TestMethod]
    public async Task It_looks_on_a_thread_of_its_own_while_the_pool_is_busy()
    {
        Programs.Find("sleep");
        using ManualResetEventSlim free = new();
        ThreadPool.GetMinThreads(out int threads, out _);
        Task[] busy = [.. Enumerable.Range(0, threads).Select(_ => Task.Run(() => free.Wait(TestContext.CancellationToken), TestContext.CancellationToken))];
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        try
        {
            using Process process = Process.Start("sleep", "60");
            ContainerWatch watch = new(process.Id);
            watch.Start(end.Token);
            process.Kill();

            Assert.IsTrue(Wait.Until(() => watch.EndedAt is not null));
        }
        finally
        {
            free.Set();
            await end.CancelAsync();
            await Task.WhenAll(busy);
        }
    }
}
