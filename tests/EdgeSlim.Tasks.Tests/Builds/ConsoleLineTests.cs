using EdgeSlim.Builds;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Tests.Builds;

[TestClass]
public sealed class ConsoleLineTests
{
    [TestMethod]
    [DataRow("/a b/agent.cs(3,14): error CS0103: The name 'x' does not exist [/a b/agent.csproj]", DiagnosticSeverity.Error, "CS0103", "The name 'x' does not exist", "/a b/agent.cs", 3, 14)]
    [DataRow("/app/agent.cs(3): warning EDGE0001: Text: more. [/app/agent.csproj]", DiagnosticSeverity.Warning, "EDGE0001", "Text: more.", "/app/agent.cs", 3, 0)]
    [DataRow("/app/a.cs(1,2,3,4): warning IL2026: [Trim] no [x] [/app/agent.cs.csproj]", DiagnosticSeverity.Warning, "IL2026", "[Trim] no [x]", "/app/a.cs", 1, 2)]
    [DataRow("EdgeSlim : warning EDGE4010: The image [EdgeSlim] [/app/agent.csproj]", DiagnosticSeverity.Warning, "EDGE4010", "The image [EdgeSlim]", "EdgeSlim", 0, 0)]
    [DataRow("EdgeSlim : message EDGE2003: Said. [/app/agent.csproj]", DiagnosticSeverity.Important, "EDGE2003", "Said.", "EdgeSlim", 0, 0)]
    [DataRow("  EdgeSlim : message EDGE2003: Said.", DiagnosticSeverity.Important, "EDGE2003", "Said.", "EdgeSlim", 0, 0)]
    [DataRow("ILC : Trim analysis warning IL2026: Program.<Main>$(String[]): no", DiagnosticSeverity.Warning, "IL2026", "Program.<Main>$(String[]): no", "ILC", 0, 0)]
    [DataRow("CSC : error CS1504: no", DiagnosticSeverity.Error, "CS1504", "no", "CSC", 0, 0)]
    [DataRow("/app/agent.csproj : error NU1101: no", DiagnosticSeverity.Error, "NU1101", "no", "/app/agent.csproj", 0, 0)]
    [DataRow("/app/agent.csproj(5,3): error : mine", DiagnosticSeverity.Error, null, "mine", "/app/agent.csproj", 5, 3)]
    public void Canonical_lines_are_taken_apart(string line, DiagnosticSeverity severity, string? code, string text, string file, int row, int column) =>
        Assert.AreEqual(new Diagnostic(severity, code, text) { Location = new SourceLocation(file, row, column) }, ConsoleLine.Read(line));

    [TestMethod]
    [DataRow("  agent -> /app/agent.dll", "agent -> /app/agent.dll")]
    [DataRow("    digest  sha256:00", "  digest  sha256:00")]
    [DataRow("The error: it is one", "The error: it is one")]
    [DataRow("Note: this is no error about: it", "Note: this is no error about: it")]
    [DataRow("  There was 1 error (see above): none", "There was 1 error (see above): none")]
    public void Others_are_messages(string line, string text) =>
        Assert.AreEqual(new Diagnostic(DiagnosticSeverity.Important, null, text), ConsoleLine.Read(line));
}
