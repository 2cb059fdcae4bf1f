using EdgeSlim.Publishing;

namespace EdgeSlim.Tests.Publishing;

[TestClass]
public sealed class RememberedToolsTests
{
    [TestMethod]
    public void What_was_found_out_is_not_asked_again_while_its_files_are_the_same()
    {
        using var folder = new TemporaryFolder();
        var tools = new CountedTools(folder);
        Assert.AreEqual("2 asked", Ask(tools, [], out IReadOnlyList<RememberedAnswer> answers));
        Assert.AreEqual("0 asked", Ask(tools, answers, out answers));
        Assert.AreEqual("0 asked", Ask(tools, answers, out _));
    }

    [TestMethod]
    [DataRow("compiler", "1 asked")]
    [DataRow("libc.a", "2 asked")]
    public void What_comes_from_a_file_that_changed_is_asked_again(string file, string asked)
    {
        using var folder = new TemporaryFolder();
        var tools = new CountedTools(folder);
        Ask(tools, [], out IReadOnlyList<RememberedAnswer> answers);
        File.SetLastWriteTimeUtc(folder[file], new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        Assert.AreEqual(asked, Ask(tools, answers, out _));
    }

    [TestMethod]
    public void What_was_not_there_is_asked_again()
    {
        using var folder = new TemporaryFolder();
        var tools = new CountedTools(folder) { HasLibrary = false };
        var first = new RememberedTools(tools, []);
        Assert.IsNull(first.FindLibrary("cc", CompilationTarget.ThisMachine, "libc.a"));
        tools.HasLibrary = true;
        Assert.IsNotNull(new RememberedTools(tools, first.Answers).FindLibrary("cc", CompilationTarget.ThisMachine, "libc.a"));
    }

    [TestMethod]
    public void An_answer_is_remembered_for_its_own_question_only()
    {
        using var folder = new TemporaryFolder();
        var tools = new CountedTools(folder);
        var first = new RememberedTools(tools, []);
        first.FindLibrary("cc", CompilationTarget.ThisMachine, "libc.a");
        var second = new RememberedTools(tools, first.Answers);
        second.FindLibrary("clang", new CompilationTarget("aarch64-linux-gnu", null), "libc.a");
        second.FindLibrary("cc", CompilationTarget.ThisMachine, "libc.so.6");
        Assert.AreEqual(3, tools.Asked);
    }

    private static string Ask(CountedTools tools, IReadOnlyList<RememberedAnswer> remembered, out IReadOnlyList<RememberedAnswer> answers)
    {
        int before = tools.Asked;
        var memory = new RememberedTools(tools, remembered);
        string library = memory.FindLibrary("cc", CompilationTarget.ThisMachine, "libc.a")!;
        Assert.IsTrue(memory.Contains(library, "text"));
        answers = memory.Answers;
        return $"{tools.Asked - before} asked";
    }

    private sealed class CountedTools(TemporaryFolder folder) : IToolLookup
    {
        private readonly string _compiler = folder.Write("compiler", "");
        private readonly string _library = folder.Write("libc.a", "text");

        public int Asked { get; private set; }

        public bool HasLibrary { get; set; } = true;

        public string? Find(string name) => _compiler;

        public string? FindLibrary(string compilerDriver, CompilationTarget target, string file)
        {
            Asked++;
            return HasLibrary ? _library : null;
        }

        public bool HasFile(string path) => File.Exists(path);

        public bool Contains(string path, string text)
        {
            Asked++;
            return true;
        }
    }
}
