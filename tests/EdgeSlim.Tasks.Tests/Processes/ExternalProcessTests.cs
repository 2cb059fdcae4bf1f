using System.ComponentModel;
using EdgeSlim.Processes;

namespace EdgeSlim.Tests.Processes;

[TestClass]
public sealed class ExternalProcessTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Exit_code_and_both_outputs_come_back()
    {
        ProcessResult result = await ShellAsync("echo out; echo err >&2; exit 3");
        Assert.AreEqual(new ProcessResult(3, "out\n", "err\n"), result);
    }

    [TestMethod]
    public async Task Arguments_reach_the_program_as_they_are()
    {
        ProcessResult result = await ExternalProcess.RunAsync(
            new ProcessRequest("printf", ["%s|", "a b", "", "$HOME", "\"", "ä;*"]), TestContext.CancellationToken);
        Assert.AreEqual("a b||$HOME|\"|ä;*|", result.Output);
    }

    [TestMethod]
    public async Task Large_outputs_on_both_streams_do_not_block_each_other()
    {
        ProcessResult result = await ShellAsync(
            "head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2; head -c 3000000 /dev/zero");
        Assert.AreEqual(6_000_000, result.Output.Length);
        Assert.AreEqual(3_000_000, result.Error.Length);
    }

    [TestMethod]
    public async Task A_large_input_and_a_large_output_do_not_block_each_other()
    {
        byte[] block = new byte[1 << 18];
        ProcessResult result = await ExternalProcess.RunAsync(
            new ProcessRequest("od", ["-An", "-v", "-tx1"])
            {
                WriteInput = async (input, token) =>
                {
                    for (int i = 0; i < 2; i++)
                    {
                        await input.WriteAsync(block, token);
                    }
                },
            },
            TestContext.CancellationToken);
        Assert.AreEqual(2 << 18, result.Output.Split("00").Length - 1);
    }

    [TestMethod]
    public async Task A_program_without_input_sees_its_end() =>
        Assert.AreEqual("0", (await ShellAsync("wc -c")).Output.Trim());

    [TestMethod]
    public async Task A_program_that_stops_reading_says_why_itself()
    {
        ProcessResult result = await ShellAsync("head -c 1 >/dev/null; echo full >&2; exit 7", EndlessAsync);
        Assert.AreEqual(7, result.ExitCode);
        Assert.AreEqual("full", result.LastErrorLine);
    }

    [TestMethod]
    public async Task What_goes_wrong_while_the_input_is_made_comes_back_and_the_program_ends()
    {
        using var folder = new TemporaryFolder();
        await Assert.ThrowsExactlyAsync<InvalidDataException>(() => ShellAsync(
            $"echo $$ > {folder["pid"]}; exec sleep 600",
            async (_, token) =>
            {
                await WaitForAsync(folder["pid"], token);
                throw new InvalidDataException();
            }));
        await WaitForEndAsync(folder["pid"]);
    }

    [TestMethod]
    public async Task A_program_that_is_not_there_cannot_be_started() =>
        await Assert.ThrowsExactlyAsync<Win32Exception>(() => ExternalProcess.RunAsync(
            new ProcessRequest("/nonexistent/program", []), TestContext.CancellationToken));

    [TestMethod]
    [DataRow("exec sleep 600", DisplayName = "a program that does nothing")]
    [DataRow("sleep 600", DisplayName = "a program that waits for its child")]
    [DataRow("trap '' TERM INT; sleep 600", DisplayName = "a program that ignores signals")]
    [DataRow("(sleep 600; true) | (sleep 600; true)", DisplayName = "a pipe of programs")]
    public async Task Cancelling_ends_the_program_and_what_it_started(string script)
    {
        using var folder = new TemporaryFolder();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        Task<ProcessResult> run = ExternalProcess.RunAsync(
            new ProcessRequest("sh", ["-c", $"echo $$ > {folder["pid"]}; {script}"]), cancellation.Token);
        await WaitForAsync(folder["pid"], TestContext.CancellationToken);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => run);
        await WaitForEndAsync(folder["pid"]);
    }

    [TestMethod]
    public async Task Cancelling_ends_a_program_that_does_not_read_its_input()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        Task<ProcessResult> run = ExternalProcess.RunAsync(
            new ProcessRequest("sh", ["-c", $"echo $$ > {folder["pid"]}; sleep 600"]) { WriteInput = EndlessAsync },
            cancellation.Token);
        await WaitForAsync(folder["pid"], TestContext.CancellationToken);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => run);
        await WaitForEndAsync(folder["pid"]);
    }

    [TestMethod]
    public async Task Cancelling_ends_the_wait_for_a_child_that_outlives_its_program()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        Task<ProcessResult> run = ExternalProcess.RunAsync(
            new ProcessRequest("sh", ["-c", $"sleep 600 & echo $! > {folder["pid"]}"]), cancellation.Token);
        await WaitForAsync(folder["pid"], TestContext.CancellationToken);
        try
        {
            await cancellation.CancelAsync();
            await Assert.ThrowsAsync<OperationCanceledException>(() => run);
        }
        finally
        {
            await Programs.RunAsync("kill", (await File.ReadAllTextAsync(folder["pid"], TestContext.CancellationToken)).Trim());
        }
    }

    [TestMethod]
    public async Task One_that_does_not_end_is_killed_and_fails()
    {
        using var folder = new TemporaryFolder();
        ProcessResult result = await ExternalProcess.RunAsync(
            new ProcessRequest("sh", ["-c", $"echo $$ > {folder["pid"]}; echo so far; sleep 600"]) { TimeLimit = TimeSpan.FromSeconds(1) },
            TestContext.CancellationToken);

        Assert.AreEqual(new ProcessResult(124, "so far\n", "it did not end within 1 seconds"), result);
        await WaitForEndAsync(folder["pid"]);
    }

    [TestMethod]
    public async Task A_child_that_keeps_the_pipes_open_does_not_keep_the_result()
    {
        using var folder = new TemporaryFolder();
        try
        {
            Assert.AreEqual(new ProcessResult(3, "done\n", ""), await ShellAsync($"sleep 600 & echo $! > {folder["pid"]}; echo done; exit 3"));
        }
        finally
        {
            await Programs.RunAsync("kill", (await File.ReadAllTextAsync(folder["pid"], TestContext.CancellationToken)).Trim());
        }
    }

    [TestMethod]
    public async Task Lines_come_whole_and_endless_ones_in_pieces()
    {
        List<string> lines = [];
        await ExternalProcess.RunAsync(
            new ProcessRequest("printf", ["one\\r\\n\\n%s\\nlast", new string('x', 5000)]) { OnLine = lines.Add }, TestContext.CancellationToken);
        Assert.AreSequenceEqual(["one", "", new string('x', 4096), new string('x', 904), "last"], lines);
    }

    [TestMethod]
    [DataRow("a\nb\n\n", "c\n", "c")]
    [DataRow("a\n  b  \n\n", "", "b")]
    [DataRow("", " \n", "exit code 5")]
    public void The_last_line_that_says_something_is_taken(string error, string output, string expected) =>
        Assert.AreEqual(expected, new ProcessResult(5, output, error).LastErrorLine);

    private Task<ProcessResult> ShellAsync(string script, Func<Stream, CancellationToken, Task>? input = null) =>
        ExternalProcess.RunAsync(
            new ProcessRequest("sh", ["-c", script]) { WriteInput = input }, TestContext.CancellationToken);

    private static async Task EndlessAsync(Stream input, CancellationToken cancellationToken)
    {
        byte[] block = new byte[1 << 16];
        while (true)
        {
            await input.WriteAsync(block, cancellationToken);
        }
    }

    private static async Task WaitForAsync(string file, CancellationToken cancellationToken)
    {
        while (!File.Exists(file) || new FileInfo(file).Length == 0)
        {
            await Task.Delay(5, cancellationToken);
        }
    }

    // A killed process is gone, or a zombie until its parent looks.
    private async Task WaitForEndAsync(string pidFile)
    {
        string pid = (await File.ReadAllTextAsync(pidFile, TestContext.CancellationToken)).Trim();
        while (IsRunning(pid))
        {
            await Task.Delay(5, TestContext.CancellationToken);
        }
    }

    private static bool IsRunning(string pid)
    {
        try
        {
            string status = File.ReadAllText($"/proc/{pid}/stat");
            return status[status.LastIndexOf(')') + 2] != 'Z';
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
