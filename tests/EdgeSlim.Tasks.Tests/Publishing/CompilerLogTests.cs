using EdgeSlim.Processes;
using EdgeSlim.Publishing;

namespace EdgeSlim.Tests.Publishing;

[TestClass]
public sealed class CompilerLogTests
{
    private const string Said =
        """
        Generating native code
        /packages/newtonsoft.json/13.0.3/lib/net6.0/Newtonsoft.Json.dll : warning IL2104: Assembly 'Newtonsoft.Json' produced trim warnings. For more information see https://aka.ms/il2104
        /packages/newtonsoft.json/13.0.3/lib/net6.0/Newtonsoft.Json.dll : warning IL3053: Assembly 'Newtonsoft.Json' produced AOT analysis warnings.
        /_/Program.cs(3): AOT analysis warning IL3050: Program.<Main>$(String[]): Using member 'X' breaks. Use Y.
        /work/Library/Reader.cs(12): Trim analysis warning IL2026: Library.Reader.Read(): Using member 'X' breaks. Use Y.
        /work/Library/Reader.cs(12): Trim analysis warning IL2026: Library.Reader.Read(): Using member 'X' breaks. Use Y.
        ILC : Trim analysis warning IL2026: Somebody.Else(): Using member 'X' breaks.
        /packages/x.dll : warning CS1234: Another warning.
        """;

    [TestMethod]
    public void Packages_and_referenced_projects_are_told_from_the_projects_own_files() => Assert.AreSequenceEqual(
        [
            "IL2104: Assembly 'Newtonsoft.Json' produced trim warnings",
            "IL3053: Assembly 'Newtonsoft.Json' produced AOT analysis warnings",
            "IL2026 in /work/Library/Reader.cs(12): Library.Reader.Read(): Using member 'X' breaks",
        ],
        CompilerLog.Read(Said).Select(w => w.ToString()));

    [TestMethod]
    [DataRow(0, true)]
    [DataRow(3, false)]
    public async Task A_program_in_the_compilers_place_keeps_what_it_says_and_ends_as_it_does(int status, bool isKept)
    {
        using var folder = new TemporaryFolder();
        string compiler = folder.WriteProgram("it's a compiler", $"#!/bin/sh\necho \"$1 said\"\necho and complained >&2\nexit {status}\n");
        string log = folder.Write("the log's.txt", "of an earlier run");
        string program = folder.WriteProgram("program", CompilerLog.Script(compiler, log));
        ProcessResult result = await ExternalProcess.RunAsync(new ProcessRequest(program, ["@what it"]), CancellationToken.None);
        Assert.AreEqual(status, result.ExitCode);
        Assert.AreEqual("@what it said\nand complained\n", result.Output);
        Assert.AreEqual(isKept, File.Exists(log));
        Assert.IsTrue(!isKept || File.ReadAllText(log) == result.Output);
        Assert.HasCount(isKept ? 3 : 2, Directory.GetFiles(folder.Path));
    }
}
