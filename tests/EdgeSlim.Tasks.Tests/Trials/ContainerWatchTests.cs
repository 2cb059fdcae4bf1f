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
    public async Task A_process_that_was_made_before_it_was_seen_counts_from_when_it_was_made()
    {
        Programs.Find("sleep");
        long asked = Stopwatch.GetTimestamp();
        await Task.Delay(300, TestContext.CancellationToken);
        using Process process = Process.Start("sleep", "60");
        long made = Stopwatch.GetTimestamp();
        await Task.Delay(300, TestContext.CancellationToken);
        ContainerWatch watch = new(process.Id, asked);
        ContainerWatch late = new(process.Id, Stopwatch.GetTimestamp());
        ContainerWatch waiting = new(process.Id);
        process.Kill();

        Assert.IsInRange(-60, 60, (made - watch.StartedAt!.Value) * 1000.0 / Stopwatch.Frequency);
        Assert.IsNull(late.StartedAt, "it is another process's time");
        Assert.IsNull(waiting.StartedAt);
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
