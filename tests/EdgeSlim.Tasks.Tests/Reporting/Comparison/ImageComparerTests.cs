using EdgeSlim.Diagnostics;
using EdgeSlim.Reporting;
using EdgeSlim.Reporting.Budgets;
using EdgeSlim.Reporting.Comparison;
using EdgeSlim.Reporting.Sizes;
using EdgeSlim.Tests.Reporting.Pages;
using EdgeSlim.Tests.Reporting.Sizes;

namespace EdgeSlim.Tests.Reporting.Comparison;

[TestClass]
public sealed class ImageComparerTests
{
    [TestMethod]
    public void A_package_that_grew_is_named_with_both_versions_and_what_grew_in_it()
    {
        ImageReport before = ReportSample.Of(Map("1.2", 1_000_000)) with { Packages = [new ReportedPackage("Foo", "1.2"), new ReportedPackage("Old", "1.0")] };
        SizeNode now = Map("1.3", 2_200_000);

        ImageDiff diff = ImageComparer.Compare(before, now, [new ReportedPackage("Foo", "1.3")]);

        SizeChange first = diff.Changes[0];
        Assert.AreEqual("Foo 1.2 1.3 1000000 2200000", $"{first.Name} {first.VersionBefore} {first.VersionAfter} {first.Before} {first.After}");
        Assert.AreEqual("Writer +1.20 MB", first.Inside.Single());
        BudgetFigures figures = BudgetCheck.FiguresOf(ReportSample.Of(now) with { Diff = diff });
        Assert.AreEqual("Foo 1.2 \u2192 1.3 +1.20 MB", figures.Grown[0]);
        Assert.AreEqual("Foo 2.20 MB", figures.Largest[0]);
    }

    [TestMethod]
    public void What_is_new_and_what_is_gone_is_said()
    {
        ImageReport before = ReportSample.Of(Trees.Of("agent", SizeKinds.Image, Trees.Of("Files", SizeKinds.File, Trees.Leaf("app/old.json", SizeKinds.File, 500))));
        SizeNode now = Trees.Of("agent", SizeKinds.Image, Trees.Of("Files", SizeKinds.File, Trees.Leaf("app/new.json", SizeKinds.File, 900)));

        ImageDiff diff = ImageComparer.Compare(before, now, []);

        Assert.AreEqual("app/new.json 0 900, app/old.json 500 0", string.Join(", ", diff.Changes.Select(c => $"{c.Name} {c.Before} {c.After}")));
    }

    [TestMethod]
    public void The_same_map_has_no_changes() =>
        Assert.IsEmpty(ImageComparer.Compare(ReportSample.Create(500), ReportSample.Create(500).Map, []).Changes);

    [TestMethod]
    public async Task A_changed_work_tree_is_compared_with_its_commit_and_a_commit_with_the_one_before()
    {
        using TemporaryFolder folder = new();
        KeptReports kept = new(Path.Combine(folder.Path, "reports"));
        ImageReport a = At("a"), b = At("b");

        Assert.IsNull(kept.Find(a.Image));
        await kept.KeepAsync(a, CancellationToken.None);
        Assert.IsNull(kept.Find(a.Image));
        Assert.AreEqual("a", kept.Find(a.Image with { IsDirty = true })!.Image.Commit);
        await kept.KeepAsync(At("dirty") with { Image = a.Image with { IsDirty = true, Commit = "dirty" } }, CancellationToken.None);
        Assert.AreEqual("a", kept.Find(b.Image)!.Image.Commit);
        await kept.KeepAsync(b, CancellationToken.None);
        await kept.KeepAsync(b, CancellationToken.None);
        Assert.AreEqual("a", kept.Find(b.Image)!.Image.Commit);
        Assert.AreEqual("b", kept.Find(At("c").Image)!.Image.Commit);
    }

    [TestMethod]
    [DataRow("{}")]
    [DataRow("null")]
    [DataRow("not json")]
    [DataRow("{\"schemaVersion\":1}")]
    public void What_is_no_report_is_refused_where_it_is_named_and_passed_over_where_it_is_kept(string text)
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("reports/last.json", text);

        Assert.AreEqual(DiagnosticCodes.ComparedReportUnreadable, Assert.ThrowsExactly<EdgeException>(() => KeptReports.ReadNamed(file)).Code);
        Assert.IsNull(new KeptReports(Path.GetDirectoryName(file)!).Find(At("a").Image));
    }

    [TestMethod]
    public void A_report_of_another_version_is_refused()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("report.json", System.Text.Json.JsonSerializer.Serialize(At("a") with { SchemaVersion = 2 }, ReportJson.Documents.ImageReport));
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => KeptReports.ReadNamed(file));
        Assert.Contains("its version is 2, and 1 is known", e.Message);
    }

    private static ImageReport At(string commit)
    {
        ImageReport report = ReportSample.Create(3);
        return report with { Image = report.Image with { Commit = commit } };
    }

    private static SizeNode Map(string version, long bytes) => Trees.Of(
        "agent",
        SizeKinds.Image,
        Trees.Of(
            "Agent",
            SizeKinds.Executable,
            Trees.Of(
                "Packages",
                SizeKinds.Package,
                Trees.Of(
                    "Foo",
                    SizeKinds.Package,
                    Trees.Of("Foo", SizeKinds.Assembly, Trees.Of("Foo", SizeKinds.Space, Trees.Leaf("Writer", SizeKinds.Type, bytes)))) with
                { Detail = version })));
}
