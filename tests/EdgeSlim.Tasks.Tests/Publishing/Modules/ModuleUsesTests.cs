using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing.Modules;

namespace EdgeSlim.Tests.Publishing.Modules;

[TestClass]
public sealed class ModuleUsesTests
{
    private static readonly EdgeModule[] Modules = [new(ModuleName.Parse("monitor"), true), new(ModuleName.Parse("log_collector"), false)];

    [TestMethod]
    [DataRow("#if EDGE_MODULE_MONITOR || EDGE_MODULE_LOG_COLLECTOR")]
    [DataRow("if (EdgeModules.Monitor && !EdgeModules.LogCollector)")]
    [DataRow("// once there was EdgeModules.Trace")]
    [DataRow(" * EdgeModules.Trace")]
    [DataRow("string s = \"EdgeModules.Trace\";")]
    [DataRow("string EDGE_MODULE_TRACE = Other.EdgeModules.Trace;")]
    [DataRow("MyEdgeModules.Trace()")]
    public void What_is_known_or_no_code_passes(string line) => Assert.IsEmpty(ModuleUses.FindUnknown("a.cs", line, Modules));

    [TestMethod]
    [DataRow("  #elif !EDGE_MODULE_TRACE", 10)]
    [DataRow("x(\"a\", EdgeModules.Trace);", 8)]
    public void What_is_not_known_is_said_with_its_place(string line, int column)
    {
        EdgeException e = ModuleUses.FindUnknown("a.cs", "\n" + line + "\n", Modules).Single();

        Assert.AreEqual(DiagnosticCodes.UnknownModule, e.Code);
        Assert.AreEqual(new SourceLocation("a.cs", 2, column), e.Location);
        Assert.Contains("There are: monitor, log_collector.", e.Message);
    }
}
