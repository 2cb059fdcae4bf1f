using EdgeSlim.Bases.Needs;
using EdgeSlim.Reporting;
using EdgeSlim.Reporting.Advice;
using EdgeSlim.Reporting.Sizes;
using EdgeSlim.Tests.Reporting.Sizes;

namespace EdgeSlim.Tests.Reporting.Advice;

[TestClass]
public sealed class AdvisorTests
{
    private static readonly ApplicationNeeds NoNeeds = new() { Needs = [], Libraries = [], BuiltIn = [], Refused = [], CultureUses = [] };

    [TestMethod]
    public void Nothing_is_advised_without_evidence() =>
        Assert.IsEmpty(Advise(Map(Assembly("Agent", ("Program", 500)))));

    [TestMethod]
    public void Event_sources_that_were_kept_are_counted()
    {
        SizeNode map = Map(Assembly("System.Private.CoreLib", ("NativeRuntimeEventSource", 90_000), ("String", 5_000)));

        SizeAdvice advice = Advise(map).Single();

        Assert.AreEqual("event-sources 90000", $"{advice.Rule} {advice.Bytes}");
        Assert.AreEqual("<EventSourceSupport>false</EventSourceSupport>", advice.Change);
        Assert.IsEmpty(Advise(map, ("EventSourceSupport", "false")));
    }

    [TestMethod]
    public void An_expression_that_is_parsed_at_run_time_is_advised_against_with_who_uses_it()
    {
        SizeNode map = Map(Assembly("System.Text.RegularExpressions", ("RegexParser", 40_000), ("RegexInterpreter", 60_000), ("Regex", 20_000), ("Match", 5_000)));

        SizeAdvice advice = Advise(map).Single();

        Assert.AreEqual(100_000, advice.Bytes);
        Assert.Contains("used by Filter, Rules", advice.Text);
        Assert.IsEmpty(Advise(Map(Assembly("System.Text.RegularExpressions", ("Regex", 20_000)))));

        SizeAdvice withInstances = Advisor.Advise(Request(map) with
        {
            Instances = new Dictionary<string, long> { ["System.Text.RegularExpressions"] = 50_000, ["System.Linq"] = 1 },
        }).Single();
        Assert.AreEqual(150_000, withInstances.Bytes);
        Assert.Contains("with 50 kB of collections", withInstances.Text);
    }

    [TestMethod]
    public void Names_for_stack_traces_are_advised_against_where_they_are_kept()
    {
        SizeNode map = Map(Trees.Of("Shared by managed code", SizeKinds.Shared, Trees.Leaf(BlobNames.StackTraces, SizeKinds.Data, 240_000)));

        Assert.AreEqual("stack-traces", Advise(map).Single().Rule);
        Assert.IsEmpty(Advise(map, ("StackTraceSupport", "false")));
    }

    [TestMethod]
    public void The_full_builder_comes_first_where_the_application_is_compiled()
    {
        SizeNode map = Map(Assembly("System.Private.CoreLib", ("NativeRuntimeEventSource", 90_000_000)));
        AdviceRequest request = Request(map) with { FullBuilder = "Program.cs(1)" };

        Assert.AreSequenceEqual(["full-builder", "event-sources"], Advisor.Advise(request).Select(a => a.Rule).ToArray());
        Assert.StartsWith("Program.cs(1): WebApplication.CreateSlimBuilder is smaller", Advisor.Advise(request)[0].Title);
        Assert.AreSequenceEqual(["event-sources"], Advisor.Advise(request with { IsCompiled = false }).Select(a => a.Rule).ToArray());
        Assert.AreSequenceEqual(["event-sources"], Advise(map).Select(a => a.Rule).ToArray());
    }

    [TestMethod]
    public void Large_packages_are_named_with_how_they_came_in()
    {
        SizeNode map = Map(Trees.Of(
            "Packages",
            SizeKinds.Package,
            Trees.Of("Newtonsoft.Json", SizeKinds.Package, Assembly("Newtonsoft.Json", ("JsonConvert", 2_100_000))) with { Detail = "13.0.3" },
            Trees.Of("Tiny", SizeKinds.Package, Assembly("Tiny", ("A", 900)))));

        SizeAdvice advice = Advise(map).Single();

        Assert.Contains("Newtonsoft.Json 13.0.3 brings 2.10 MB", advice.Title);
        Assert.Contains("It is used by Writer.", advice.Text);
        Assert.Contains("It came with Client (Client \u2192 Newtonsoft.Json).", advice.Text);
        Assert.IsNull(advice.Change);
    }

    [TestMethod]
    public void Files_that_are_large_double_or_unnamed_are_advised_against()
    {
        SizeNode map = Trees.Of(
            "agent",
            SizeKinds.Image,
            Trees.Of("Files", SizeKinds.File, Trees.Leaf("app/manual.pdf", SizeKinds.File, 900_000), Trees.Leaf("app/libextra.so", SizeKinds.File, 70_000), Trees.Leaf("app/libneeded.so.1", SizeKinds.File, 60_000)));
        AdviceRequest request = Request(map) with
        {
            Needs = NoNeeds with { Libraries = [new LibraryNeed("needed", LibraryLoading.Opened, Certainty.Certain, null, [])] },
            Duplicates = [new SameFiles(["app/a.bin", "app/b/a.bin"], 20_000), new SameFiles(["app/c", "app/d"], 10)],
        };

        IReadOnlyList<SizeAdvice> advice = Advisor.Advise(request);

        Assert.AreEqual("large-file unused-library duplicate-file", string.Join(' ', advice.Select(a => a.Rule)));
        Assert.AreEqual("<EdgeExclude Include=\"manual.pdf\" />", advice[0].Change);
        Assert.Contains("libextra.so", advice[1].Title);
        Assert.AreEqual("<EdgeExclude Include=\"b/a.bin\" />", advice[2].Change);
    }

    [TestMethod]
    [DataRow(Certainty.Possible, "<EdgeGlobalization>invariant</EdgeGlobalization>", true)]
    [DataRow(Certainty.Certain, "<EdgeCultures>en;de</EdgeCultures>", false)]
    public void Data_of_cultures_are_advised_against_as_far_as_they_are_not_needed(Certainty certainty, string change, bool isMeasured)
    {
        SizeNode map = Map(Trees.Of("ICU", SizeKinds.Native, Trees.Leaf("libicudata.a", SizeKinds.Native, 20_000_000)));
        AdviceRequest request = Request(map) with { Needs = NoNeeds with { Needs = [new Need(KnownNeeds.Icu, certainty, [])] } };

        SizeAdvice advice = Advisor.Advise(request).Single();

        Assert.AreEqual(change, advice.Change);
        Assert.AreEqual(isMeasured, advice.IsMeasured);
    }

    [TestMethod]
    public void What_was_measured_comes_before_what_is_estimated()
    {
        SizeNode map = Map(Trees.Of("Shared by managed code", SizeKinds.Shared, Trees.Leaf(BlobNames.StackTraces, SizeKinds.Data, 1_000)), Trees.Leaf("x", SizeKinds.Unknown, 9_000_000));

        Assert.AreEqual("stack-traces extreme", string.Join(' ', Advise(map, ("EdgeOptimize", "Size")).Select(a => a.Rule)));
        Assert.AreEqual("stack-traces", string.Join(' ', Advise(map, ("EdgeOptimize", "Extreme")).Select(a => a.Rule)));
    }

    [TestMethod]
    public void The_bytes_of_a_group_of_assemblies_and_namespaces_are_counted_once()
    {
        SizeNode map = Map(
            Trees.Of("Agent", SizeKinds.Assembly, Space("Agent.Logs", 100), Space("Agent.Core", 1_000)),
            Trees.Of("Zip", SizeKinds.Assembly, Space("Zip", 10), Space("Agent.Logs", 5)));

        long bytes = Contributors.BytesOf(map, (node, assembly) =>
            assembly is null ? node.Name == "Zip" : node.Name == "Agent.Logs");

        Assert.AreEqual(115, bytes);
    }

    private static IReadOnlyList<SizeAdvice> Advise(SizeNode map, params (string Name, string Value)[] properties) =>
        Advisor.Advise(Request(map, properties));

    private static AdviceRequest Request(SizeNode map, params (string Name, string Value)[] properties) => new()
    {
        Map = map,
        Reasons =
        [
            new SizeReason { Name = "System.Text.RegularExpressions", Kind = "assembly", Chain = [], UsedBy = ["Filter", "Rules"] },
            new SizeReason { Name = "Newtonsoft.Json", Kind = "assembly", Chain = ["Agent", "Newtonsoft.Json"], UsedBy = ["Writer"] },
            new SizeReason { Name = "Newtonsoft.Json", Kind = "package", Chain = ["Client", "Newtonsoft.Json"], UsedBy = [] },
        ],
        Properties = properties.ToDictionary(p => p.Name, p => p.Value),
        Needs = NoNeeds,
        Duplicates = [],
        IsCompiled = true,
    };

    private static SizeNode Map(params SizeNode[] groups) =>
        Trees.Of("agent", SizeKinds.Image, Trees.Of("Agent", SizeKinds.Executable, groups));

    private static SizeNode Assembly(string name, params (string Type, long Bytes)[] types) => Trees.Of(
        name, SizeKinds.Assembly, Trees.Of(name, SizeKinds.Space, [.. types.Select(t => Trees.Leaf(t.Type, SizeKinds.Type, t.Bytes))]));

    private static SizeNode Space(string name, long bytes) => Trees.Leaf(name, SizeKinds.Space, bytes);
}
