using EdgeSlim.Trials.Verdicts;

namespace EdgeSlim.Tests.Trials.Verdicts;

[TestClass]
public sealed class StackFrameTests
{
    [TestMethod]
    [DataRow("   at Program.<Main>(String[] args) + 0x24", "Program", "<Main>", 0x24UL)]
    [DataRow("   at Program.<<Main>$>d__0.MoveNext() + 0x7b", "Program.<<Main>$>d__0", "MoveNext", 0x7bUL)]
    [DataRow("   at Deep.Store`1.Open(Int32) + 0x96", "Deep.Store`1", "Open", 0x96UL)]
    [DataRow("         at Deep.Store`1..ctor(String, Int32) + 0x1", "Deep.Store`1", ".ctor", 0x1UL)]
    public void A_line_of_native_code_is_read(string line, string type, string method, ulong offset) =>
        Assert.AreEqual(new StackFrame(type, method, offset), StackFrame.Parse(line));

    [TestMethod]
    [DataRow("   at Program.Main(String[] args) in /src/Program.cs:line 3")]
    [DataRow("--- End of stack trace from previous location ---")]
    [DataRow("at 0x1234")]
    [DataRow("   at <unknown>!<BaseAddress>+0x1234")]
    [DataRow("")]
    public void Another_line_is_none(string line) => Assert.IsNull(StackFrame.Parse(line));

    [TestMethod]
    [DataRow("Program.<<Main>$>d__0", "MoveNext", "con_Program___Main___d__0__MoveNext", true)]
    [DataRow("Deep.Store`1", "Open", "con_Deep_Store_1<Int32>__Open", true)]
    [DataRow("Deep.Store`1", "Open", "con_Deep_Store_1<System_Collections_Generic_List_1<Int32>>__Open", true)]
    [DataRow("Store", "Open", "con_Deep_Store__Open", true)]
    [DataRow("Store", "Open", "con_MyStore__Open", false)]
    [DataRow("Store", "Open", "con_Store__OpenAll", false)]
    public void The_function_of_a_method_is_known_by_its_name(string type, string method, string function, bool expected) =>
        Assert.AreEqual(expected, new StackFrame(type, method, 0).IsIn(function));
}
