using System.Text;
using EdgeSlim.Publishing;

namespace EdgeSlim.Tests.Publishing;

[TestClass]
public sealed class AnalysisLogTests
{
    [TestMethod]
    public void What_the_analysis_warned_of_is_read()
    {
        IReadOnlyList<AnalysisWarning> warnings = Read(
            """
            {"version": "2.1.0", "runs": [{"results": [
              {"ruleId": "IL2026", "level": "warning", "message": {"text": "Using member 'A.B' can break. Use another."},
               "locations": [{"physicalLocation": {"artifactLocation": {"uri": "file:///src/app/My%20Files/Program.cs"}, "region": {"startLine": 3}}}]},
              {"ruleId": "IL2026", "level": "warning", "message": {"text": "Using member 'A.B' can break. Use another."},
               "locations": [{"physicalLocation": {"artifactLocation": {"uri": "file:///src/app/My%20Files/Program.cs"}, "region": {"startLine": 3}}}]},
              {"ruleId": "CA1822", "message": {"text": "Mark it static."}},
              {"ruleId": "IL3050", "message": {"text": "Suppressed."}, "suppressions": [{"kind": "inSource"}]},
              {"ruleId": "IL3050", "message": {"text": "It needs run-time code."}, "suppressions": [],
               "locations": [{"physicalLocation": {"artifactLocation": {"uri": "file:///src/shared/Other.cs"}, "region": {"startLine": 7}}}]},
              {"ruleId": "IL3000", "message": {"text": "Nowhere"}}
            ]}]}
            """);

        Assert.AreSequenceEqual(
            [
                "IL2026 in My Files/Program.cs(3): Using member 'A.B' can break",
                "IL3050 in /src/shared/Other.cs(7): It needs run-time code",
                "IL3000: Nowhere",
            ],
            warnings.Select(w => w.ToString()));
    }

    [TestMethod]
    public void The_older_form_of_the_log_is_read_too() => Assert.AreEqual(
        "IL3050 in Program.cs(3): It needs run-time code",
        Read(
            """
            {"version": "1.0.0", "runs": [{"results": [
              {"ruleId": "IL2026", "message": "Suppressed", "suppressionStates": ["suppressedInSource"]},
              {"ruleId": "IL3050", "message": "It needs run-time code.",
               "locations": [{"resultFile": {"uri": "file:///src/app/Program.cs", "region": {"startLine": 3}}}]}
            ]}]}
            """).Single().ToString());

    [TestMethod]
    [DataRow("")]
    [DataRow("{")]
    [DataRow("[]")]
    [DataRow("7")]
    [DataRow("""{"runs": 7}""")]
    [DataRow("""{"runs": [7, {"results": {}}, {"results": [null, {"ruleId": 7}, {"ruleId": "IL20260"}]}]}""")]
    public void What_is_no_such_log_says_nothing(string log) => Assert.IsEmpty(Read(log));

    [TestMethod]
    public void A_warning_with_odd_places_is_a_warning() => Assert.AreEqual(
        "IL2026: ",
        Read("""{"runs": [{"results": [{"ruleId": "IL2026", "message": 7, "locations": [{"physicalLocation": {"artifactLocation": [], "region": {"startLine": 1e30}}}]}]}]}""")
            .Single().ToString());

    private static IReadOnlyList<AnalysisWarning> Read(string log) =>
        AnalysisLog.Read(Encoding.UTF8.GetBytes(log), "/src/app");
}
