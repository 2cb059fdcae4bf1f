using EdgeSlim.Diagnostics;
using EdgeSlim.Git;

namespace EdgeSlim.Tests.Git;

[TestClass]
public sealed class SourceTimeTests
{
    private static readonly DateTimeOffset Commit = new(2025, 6, 7, 1, 9, 10, 500, TimeSpan.FromHours(2));

    [TestMethod]
    [DataRow("0", 0)]
    [DataRow("1700000000", 1700000000)]
    [DataRow("8589934591", 8589934591)]
    public void SOURCE_DATE_EPOCH_wins(string value, long seconds) =>
        Assert.AreEqual(seconds, SourceTime.Resolve(value, Commit).ToUnixTimeSeconds());

    [TestMethod]
    [DataRow(null)]
    [DataRow("")]
    public void Without_it_the_commit_gives_the_time_in_utc_and_whole_seconds(string? unset)
    {
        DateTimeOffset time = SourceTime.Resolve(unset, Commit);
        Assert.AreEqual(new DateTimeOffset(2025, 6, 6, 23, 9, 10, TimeSpan.Zero), time);
        Assert.AreEqual(TimeSpan.Zero, time.Offset);
    }

    [TestMethod]
    public void Without_either_it_is_the_epoch() =>
        Assert.AreEqual(DateTimeOffset.UnixEpoch, SourceTime.Resolve(null, null));

    [TestMethod]
    public void A_commit_outside_the_range_of_a_tar_archive_is_moved_to_its_ends()
    {
        Assert.AreEqual(DateTimeOffset.UnixEpoch, SourceTime.Resolve(null, DateTimeOffset.UnixEpoch.AddDays(-1)));
        Assert.AreEqual(SourceTime.LatestSecond, SourceTime.Resolve(null, DateTimeOffset.MaxValue).ToUnixTimeSeconds());
    }

    [TestMethod]
    [DataRow("-1")]
    [DataRow("8589934592")]
    [DataRow("99999999999999999999")]
    [DataRow("1.5")]
    [DataRow("0x10")]
    [DataRow(" 1")]
    [DataRow("+1")]
    [DataRow("now")]
    [DataRow("2025-01-01")]
    public void What_is_not_a_number_of_seconds_is_refused(string value)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => SourceTime.Resolve(value, Commit));
        Assert.AreEqual(DiagnosticCodes.InvalidSourceDateEpoch, e.Code);
        StringAssert.Contains(e.Message, $"'{value}'");
    }
}
