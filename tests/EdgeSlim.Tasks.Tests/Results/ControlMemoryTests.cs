using EdgeSlim.Results;

namespace EdgeSlim.Tests.Results;

[TestClass]
public sealed class ControlMemoryTests
{
    private static readonly ClearedFailure Failure = new("System.Exception: boom", "packages");

    public TestContext TestContext { get; set; } = null!;

    private CancellationToken Token => TestContext.CancellationToken;

    [TestMethod]
    public async Task A_failure_that_was_cleared_is_known_with_the_same_packages()
    {
        using TemporaryFolder folder = new();
        ControlMemory memory = new(folder["memory.json"]);
        Assert.IsFalse(await memory.KnowsAsync(Failure, Token));
        await memory.AddAsync(Failure, Token);

        Assert.IsTrue(await new ControlMemory(folder["memory.json"]).KnowsAsync(Failure, Token));
        Assert.IsFalse(await memory.KnowsAsync(Failure with { Packages = "others" }, Token));
        Assert.IsFalse(await memory.KnowsAsync(Failure with { Signature = "exit code 1" }, Token));
    }

    [TestMethod]
    public async Task The_oldest_of_too_many_is_forgotten()
    {
        using TemporaryFolder folder = new();
        ControlMemory memory = new(folder["memory.json"]);
        ClearedFailure Numbered(int i) => Failure with { Signature = $"exit code {i}" };
        for (int i = 0; i < ControlMemory.MaxEntries; i++)
        {
            await memory.AddAsync(Numbered(i), Token);
        }

        // Used again, it is the newest.
        await memory.AddAsync(Numbered(0), Token);
        await memory.AddAsync(Numbered(-1), Token);

        Assert.IsTrue(await memory.KnowsAsync(Numbered(0), Token));
        Assert.IsFalse(await memory.KnowsAsync(Numbered(1), Token));
        Assert.IsTrue(await memory.KnowsAsync(Numbered(2), Token));
    }

    [TestMethod]
    [DataRow("{")]
    [DataRow("{}")]
    [DataRow("[null, {}, 1]")]
    [DataRow("[null, {}]")]
    public async Task A_damaged_file_is_begun_anew(string content)
    {
        using TemporaryFolder folder = new();
        ControlMemory memory = new(folder.Write("memory.json", content));
        Assert.IsFalse(await memory.KnowsAsync(Failure, Token));
        await memory.AddAsync(Failure, Token);

        Assert.IsTrue(await memory.KnowsAsync(Failure, Token));
    }

    [TestMethod]
    public async Task Without_a_file_nothing_is_remembered()
    {
        ControlMemory memory = new("");
        await memory.AddAsync(Failure, Token);

        Assert.IsFalse(await memory.KnowsAsync(Failure, Token));
    }
}
