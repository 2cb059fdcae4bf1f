using EdgeSlim.Modes;
using EdgeSlim.Publishing;

namespace EdgeSlim.Tests.Modes;

[TestClass]
public sealed class CompilerEvidenceTests
{
    private static readonly ModeFinding Call = new(ModeNeed.UnreferencedCode, "IL2026", "Type.Call", null, "App.Main", "/_/src/Program.cs", 3);

    [TestMethod]
    public void What_the_source_suppresses_is_no_evidence()
    {
        Assert.IsEmpty(Join([], [new AnalysisWarning("IL2026", "It says so", "Program.cs", 3)]));
        Assert.AreSequenceEqual([Call], Join([], [new AnalysisWarning("IL2026", "It says so", "Program.cs", 4), new AnalysisWarning("IL3050", "", "Program.cs", 3)]));
        Assert.AreSequenceEqual([Call], Join([], [new AnalysisWarning("IL2026", "It says so", "Other.cs", 3)]));
    }

    [TestMethod]
    [DataRow("IL2070", ModeNeed.UnreferencedCode)]
    [DataRow("IL3000", ModeNeed.UnreferencedCode)]
    [DataRow("IL3051", ModeNeed.DynamicCode)]
    public void What_the_compiler_alone_sees_is_evidence(string code, ModeNeed need)
    {
        ModeFinding[] found = Join([new AnalysisWarning(code, "A value flows", "Program.cs", 9)], []);

        Assert.AreEqual(new ModeFinding(need, code, "A value flows", null, "Program.cs", "Program.cs", 9), found[1]);
    }

    [TestMethod]
    public void A_call_that_is_read_from_IL_counts_once() =>
        Assert.AreSequenceEqual([Call], Join([new AnalysisWarning("IL2026", "It says so", "Program.cs", 3), new AnalysisWarning("IL3050", "", "Program.cs", 3)], []));

    private static ModeFinding[] Join(IReadOnlyList<AnalysisWarning> warnings, IReadOnlyList<AnalysisWarning> suppressed) =>
        [.. CompilerEvidence.Join(new ModeEvidence { Findings = [Call], JsonTypes = [], Routes = [], UsesFullBuilder = false }, warnings, suppressed).Findings];
}
