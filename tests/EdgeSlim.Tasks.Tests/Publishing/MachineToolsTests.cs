using EdgeSlim.Publishing;

namespace EdgeSlim.Tests.Publishing;

[TestClass]
public sealed class MachineToolsTests
{
    private readonly MachineTools _machine = new(Environment.GetEnvironmentVariable("PATH") ?? "");

    [TestMethod]
    public void The_shell_is_found_and_nonsense_is_not()
    {
        Assert.IsTrue(File.Exists(_machine.Find("sh")));
        Assert.IsNull(_machine.Find("no-such-program-anywhere"));
        Assert.IsNull(_machine.Find("/no/such/program"));
    }

    [TestMethod]
    public void Nothing_is_found_on_an_empty_path()
    {
        Assert.IsNull(new MachineTools("").Find("sh"));
        Assert.IsNull(new MachineTools("::").Find("sh"));
    }

    [TestMethod]
    public void A_file_that_cannot_be_run_is_not_a_program_and_neither_is_a_folder()
    {
        using var folder = new TemporaryFolder();
        folder.Write("first/tool", "");
        Directory.CreateDirectory(folder["second/tool"]);
        var tools = new MachineTools($"{folder["first"]}:{folder["second"]}:{folder["third"]}");
        Assert.IsNull(tools.Find("tool"));
        Assert.IsNull(tools.Find(folder["first/tool"]));
        Assert.IsNull(tools.Find(folder["second/tool"]));

        folder.WriteProgram("third/tool", "");
        Assert.AreEqual(folder["third/tool"], tools.Find("tool"));
        Assert.AreEqual(folder["third/tool"], tools.Find(folder["third/tool"]));
    }

    [TestMethod]
    public void The_first_folder_of_the_path_wins()
    {
        using var folder = new TemporaryFolder();
        folder.WriteProgram("a/tool", "");
        folder.WriteProgram("b/tool", "");
        Assert.AreEqual(folder["b/tool"], new MachineTools($"{folder["b"]}:{folder["a"]}").Find("tool"));
    }

    [TestMethod]
    [DataRow("with space")]
    [DataRow("$HOME;'\"*?")]
    [DataRow("größe 日本")]
    [DataRow("~")]
    public void A_folder_may_have_any_name(string name)
    {
        using var folder = new TemporaryFolder();
        folder.WriteProgram(name + "/tool", "");
        Assert.AreEqual(folder[name + "/tool"], new MachineTools("/nowhere:" + folder[name]).Find("tool"));
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public void The_compiler_says_where_the_C_library_is()
    {
        Programs.Find("gcc");
        string libc = _machine.FindLibrary("gcc", CompilationTarget.ThisMachine, "libc.so.6")!;
        Assert.IsTrue(File.Exists(libc));
        Assert.IsNull(_machine.FindLibrary("gcc", CompilationTarget.ThisMachine, "libno-such-library.a"));
        Assert.IsTrue(_machine.Contains(libc, "GLIBC_2.17"));
        Assert.IsFalse(_machine.Contains(libc, "GLIBC_ABI_NO_SUCH_THING"));
    }

    [TestMethod]
    public void A_compiler_that_is_not_there_or_does_not_understand_finds_nothing()
    {
        Assert.IsNull(_machine.FindLibrary("/no/such/compiler", CompilationTarget.ThisMachine, "libc.a"));
        Assert.IsNull(_machine.FindLibrary("false", CompilationTarget.ThisMachine, "libc.a"));
        Assert.IsNull(_machine.FindLibrary("echo", CompilationTarget.ThisMachine, "libc.a"));
    }
}
