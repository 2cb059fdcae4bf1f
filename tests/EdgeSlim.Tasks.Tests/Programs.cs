using EdgeSlim.Processes;
using EdgeSlim.Publishing;

namespace EdgeSlim.Tests;

/// <summary>Programs of this machine that make what tests look at, or look at what was made.</summary>
internal static class Programs
{
    /// <summary>Where a program is. Where it is not installed the test is inconclusive, in CI it fails.</summary>
    public static string Find(string name)
    {
        TestKinds.Check(name);
        string? path = new MachineTools(Environment.GetEnvironmentVariable("PATH") ?? "").Find(name);
        if (path is not null)
        {
            return path;
        }

        string missing = $"{name} is not installed.";
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(missing);
        }

        Assert.Inconclusive(missing);
        throw new InvalidOperationException(missing);
    }

    /// <summary>Runs a program, which has to end well; gives its output.</summary>
    public static async Task<string> RunAsync(string name, params string[] arguments)
    {
        ProcessResult result = await ExternalProcess.RunAsync(
            new ProcessRequest(Find(name), arguments), CancellationToken.None);
        Assert.AreEqual(0, result.ExitCode, $"{name} {string.Join(' ', arguments)}: {result.Error}");
        return result.Output;
    }

    /// <summary>Makes a native file from a few lines of C.</summary>
    public static async Task<string> CompileAsync(TemporaryFolder folder, string file, params string[] arguments)
    {
        string source = folder.Write(
            Path.GetFileName(file) + ".c",
            """
            int twice(int number) { return 2 * number; }
            int main(void) { return twice(0); }
            """);
        Directory.CreateDirectory(Path.GetDirectoryName(folder[file])!);
        await RunAsync("gcc", [.. arguments, "-o", folder[file], source]);
        return folder[file];
    }
}
