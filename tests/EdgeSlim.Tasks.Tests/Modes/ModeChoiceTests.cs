using EdgeSlim.Modes;

namespace EdgeSlim.Tests.Modes;

[TestClass]
public sealed class ModeChoiceTests
{
    private static readonly string[] All = ["aot", "trimmed", "selfcontained"];

    [TestMethod]
    [DataRow("", "aot")]
    [DataRow("DynamicCode", "trimmed")]
    [DataRow("OwnReflection", "trimmed")]
    [DataRow("UnreferencedCode", "selfcontained")]
    [DataRow("DynamicCode,UnreferencedCode,OwnReflection", "selfcontained")]
    public void The_smallest_mode_in_which_all_of_the_code_works_is_chosen(string needs, string expected)
    {
        ModeEvidence evidence = Evidence([.. needs.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(n => Finding(Enum.Parse<ModeNeed>(n)))]);

        Assert.AreEqual(expected, ModeChoice.Of(All, evidence).Mode);
        Assert.AreEqual(expected == "aot" ? "trimmed" : expected, ModeChoice.Of(All[1..], evidence).Mode);
        Assert.AreEqual("aot", ModeChoice.Of(["aot"], evidence).Mode);
    }

    [TestMethod]
    public void The_reason_is_the_place_that_needs_most()
    {
        ModeChoice choice = ModeChoice.Of(All, Evidence(Finding(ModeNeed.DynamicCode), Finding(ModeNeed.UnreferencedCode)));

        Assert.AreEqual("src/App/Program.cs(3): Extensions.AddControllers (IL2026), and 1 more", choice.Reason);
        Assert.AreEqual("no code needs a larger mode", ModeChoice.Of(All, Evidence()).Reason);
        Assert.IsEmpty(ModeChoice.Of(["selfcontained"], Evidence(Finding(ModeNeed.DynamicCode))).Findings);
    }

    [TestMethod]
    public void Without_symbols_the_place_is_the_method()
    {
        ModeFinding finding = Finding(ModeNeed.DynamicCode) with { File = null, Line = null };

        Assert.AreEqual("App.Program.Main", ModeChoice.PlaceOf(finding));
        Assert.AreEqual("Program.cs", ModeChoice.PlaceOf(finding with { File = "/_/Program.cs" }));
    }

    [TestMethod]
    public void A_context_that_is_all_that_is_missing_is_written_out()
    {
        ModeFinding json = new(ModeNeed.OwnReflection, "JSON", "Weather[]", null, "Program.Main", "/_/Program.cs", 9);
        ModeEvidence evidence = Evidence(json) with { JsonTypes = ["Weather[]", "System.Collections.Generic.List<App.Todo>"] };
        string text = JsonContextText.Of(ModeChoice.Of(All, evidence))!;

        Assert.Contains("JsonSerializable(typeof(Weather[]))]\n", text);
        Assert.Contains("JsonSerializable(typeof(System.Collections.Generic.List<App.Todo>))]\n", text);
        Assert.Contains("ConfigureHttpJsonOptions", text);
        Assert.IsNull(JsonContextText.Of(ModeChoice.Of(All, evidence with { Findings = [json, Finding(ModeNeed.DynamicCode)] })));
        Assert.IsNull(JsonContextText.Of(ModeChoice.Of(["selfcontained"], evidence)));
    }

    private static ModeFinding Finding(ModeNeed need) =>
        new(need, "IL2026", "Some.Name.Extensions.AddControllers", "MVC does not.", "App.Program.Main", "/_/src/App/Program.cs", 3);

    private static ModeEvidence Evidence(params ModeFinding[] findings) => new() { Findings = findings, JsonTypes = [], Routes = [], UsesFullBuilder = false };
}
