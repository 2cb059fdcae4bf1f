using EdgeSlim.Bases.Needs;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Tests.Bases.Needs;

[TestClass]
public sealed class NeedRequestsTests
{
    private static readonly NeedItem[] Seeds = [.. KnownNeeds.All.Select(n => new NeedItem(n, IsSeed: true, IsNeeded: true))];

    [TestMethod]
    public void Where_the_project_says_nothing_nothing_is_asked_or_refused() => Says("", "", Seeds);

    [TestMethod]
    public void An_item_of_the_project_asks() =>
        Says("tzdata icu", "", [.. Seeds, Asked("tzdata"), Asked("ICU")]);

    [TestMethod]
    public void A_known_need_that_was_removed_is_refused() =>
        Says("", "tls tzdata", [.. Seeds.Where(s => s.Name is not ("tzdata" or "tls"))]);

    [TestMethod]
    public void A_need_that_was_removed_and_then_added_is_asked() =>
        Says("tls", "", [.. Seeds.Where(s => s.Name != "tls"), Asked("tls")]);

    [TestMethod]
    public void Needed_false_refuses_whether_it_was_added_or_updated() =>
        Says("", "tls tzdata", [.. Seeds.Where(s => s.Name != "tls"), new NeedItem("tls", true, false), new NeedItem("tzdata", false, false)]);

    [TestMethod]
    public void Needed_false_wins_over_the_same_need_asked_for() =>
        Says("", "tls", [.. Seeds, Asked("tls"), new NeedItem("tls", false, false)]);

    [TestMethod]
    public void An_unknown_need_is_refused_with_the_known_ones_named()
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => NeedRequests.Read([Asked("timezones")]));
        Assert.AreEqual(DiagnosticCodes.UnknownNeed, e.Code);
        Assert.Contains("'timezones'", e.Message);
        Assert.Contains("tls, crypto, ca-certificates, tzdata, icu", e.Message);
    }

    private static void Says(string asked, string refused, NeedItem[] items)
    {
        NeedRequests requests = NeedRequests.Read(items);
        Assert.AreEqual(asked, string.Join(' ', requests.Asked));
        Assert.AreEqual(refused, string.Join(' ', requests.Refused.Order(StringComparer.Ordinal)));
    }

    private static NeedItem Asked(string name) => new(name, IsSeed: false, IsNeeded: true);
}
