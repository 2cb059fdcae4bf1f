using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Tests.Composition;

[TestClass]
public sealed class StageFileTests
{
    [TestMethod]
    public async Task Nothing_to_say_is_a_file_too()
    {
        using TemporaryFolder folder = new();
        await StageFile.WriteAsync(folder["empty.txt"], Array.Empty<string>(), CancellationToken.None);
        Assert.AreEqual("", File.ReadAllText(folder["empty.txt"]));
    }

    [TestMethod]
    public async Task The_same_content_leaves_the_file_as_it_was()
    {
        using TemporaryFolder folder = new();
        await StageFile.WriteAsync(folder["a.txt"], ["one"], CancellationToken.None);
        File.SetLastWriteTimeUtc(folder["a.txt"], DateTime.UnixEpoch);
        await StageFile.WriteAsync(folder["a.txt"], ["one"], CancellationToken.None);
        Assert.AreEqual(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(folder["a.txt"]));
    }

    [TestMethod]
    public async Task A_file_that_cannot_be_written_is_an_error_with_a_code()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("file", "");
        EdgeException e = await Assert.ThrowsExactlyAsync<EdgeException>(
            () => StageFile.WriteAsync(Path.Combine(file, "below.txt"), ["one"], CancellationToken.None));
        Assert.AreEqual(DiagnosticCodes.OutputNotWritable, e.Code);
    }
}
