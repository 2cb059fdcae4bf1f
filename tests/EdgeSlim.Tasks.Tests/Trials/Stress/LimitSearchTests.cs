using EdgeSlim.Trials;
using EdgeSlim.Trials.Stress;

namespace EdgeSlim.Tests.Trials.Stress;

[TestClass]
public sealed class LimitSearchTests
{
    private const long Mebibyte = 1 << 20;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(1)]
    [DataRow(37)]
    [DataRow(63)]
    [DataRow(64)]
    public async Task The_smallest_that_holds_is_found_to_a_step(int least)
    {
        int tried = 0;
        long found = await LimitSearch.SmallestAsync(0, 64, 1, value =>
        {
            tried++;
            return Task.FromResult(value >= least);
        });

        Assert.AreEqual(least, found);
        Assert.IsLessThanOrEqualTo(6, tried);
    }

    [TestMethod]
    public async Task Steps_are_kept_and_the_largest_need_be_none_of_them()
    {
        List<long> tried = [];
        Assert.AreEqual(100, await LimitSearch.SmallestAsync(0, 100, 30, value =>
        {
            tried.Add(value);
            return Task.FromResult(value >= 95);
        }));
        Assert.IsTrue(tried.All(t => t % 30 == 0));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task Memory_then_processor_are_lowered_and_settings_kept_where_they_are_needed(bool needsTuning)
    {
        RecordingSink sink = new();
        LimitSearch search = new(Settings(), (tried, _) =>
        {
            TrialProfile profile = tried.Trial.Profile;
            bool isTuned = profile.Environment.ContainsKey("DOTNET_GCHeapHardLimit");
            bool holds = profile.MemoryBytes >= (isTuned || !needsTuning ? 20 : 30) * Mebibyte && profile.MilliCpus >= 65;
            Assert.AreEqual("v", profile.Environment["OWN"]);
            return Task.FromResult(Seen(holds));
        }, sink);
        FoundLimits? found = await search.FindAsync(TestContext.CancellationToken);

        Assert.AreEqual(new ResourceAmounts("70m", "20Mi"), found!.Limits);
        Assert.AreEqual(new ResourceAmounts("7m", "15Mi"), found.Requests);
        Assert.AreEqual(needsTuning ? "DOTNET_GCConserveMemory=5 DOTNET_GCHeapHardLimit=0xc00000" : "", string.Join(' ', found.Environment.Select(e => $"{e.Key}={e.Value}")));
    }

    [TestMethod]
    public async Task What_never_holds_has_no_limits() => Assert.IsNull(
        await new LimitSearch(Settings(), (_, _) => Task.FromResult(Seen(false)), new RecordingSink()).FindAsync(TestContext.CancellationToken));

    private static StressSettings Settings() => new()
    {
        Trial = TrialSamples.Settings with
        {
            Profile = TrialSamples.Settings.Profile with
            {
                MemoryBytes = 64 * Mebibyte,
                Environment = new Dictionary<string, string> { ["OWN"] = "v" },
            },
        },
        Load = new StressLoad(8080, "/", 50),
        Duration = TimeSpan.FromMinutes(1),
        Thresholds = new StressThresholds(null, 0, null),
    };

    private static StressObservation Seen(bool holds) => new(
        [TrialSamples.Good],
        new LoadResult
        {
            Requests = 1,
            Errors = holds ? 0 : 1,
            ErrorKinds = holds ? new Dictionary<string, long>() : new Dictionary<string, long> { ["status 500"] = 1 },
            Parts = [],
        },
        null,
        []);
}
