using EdgeSlim.Composition;
using EdgeSlim.Processes;

namespace EdgeSlim.Tests.Composition;

[TestClass]
public sealed class ChecksumsTests
{
    [TestMethod]
    public async Task Sha256sum_checks_them_with_names_of_all_kinds()
    {
        using TemporaryFolder folder = new();
        string[] names = ["b.txt", "a/ü b.txt", "a/back\\slash", "a/line\nend", "../outside.tar"];
        string root = Directory.CreateDirectory(folder["edge"]).FullName;
        foreach (string name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, name))!);
            await File.WriteAllTextAsync(Path.Combine(root, name), name, CancellationToken.None);
        }

        IReadOnlyList<string> lines = Checksums.Of(root, [.. names.Select(n => Path.Combine(root, n)), Path.Combine(root, "b.txt"), Path.Combine(root, "missing")]);

        Assert.HasCount(names.Length, lines);
        string sums = folder.Write("edge/SHA256SUMS", string.Concat(lines.Select(l => l + "\n")));
        Assert.AreEqual(0, (await CheckAsync(root, sums)).ExitCode, (await CheckAsync(root, sums)).Error);
        folder.Write("edge/b.txt", "changed");
        Assert.AreNotEqual(0, (await CheckAsync(root, sums)).ExitCode);
        string[] sorted = [.. lines.Select(l => l[(l.IndexOf("  ", StringComparison.Ordinal) + 2)..])];
        CollectionAssert.AreEqual(sorted.Order(StringComparer.Ordinal).ToArray(), sorted);
    }

    private static Task<ProcessResult> CheckAsync(string folder, string sums) => ExternalProcess.RunAsync(
        new ProcessRequest("sha256sum", ["-c", "--strict", sums]) { WorkingFolder = folder }, CancellationToken.None);
}
