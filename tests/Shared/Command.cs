using System.Diagnostics;
using System.Text;

namespace EdgeSlim.Tests;

/// <summary>How a program ended, with both of its streams in the order in which they came.</summary>
internal sealed record CommandResult(int ExitCode, string Output)
{
    /// <summary>Fails the test unless the program ended well.</summary>
    public CommandResult Succeeds()
    {
        Assert.AreEqual(0, ExitCode, Output);
        return this;
    }

    /// <summary>
    /// Fails the test unless the program failed with just one error, of the given code. That a gate says why nothing is
    /// delivered does not count: what it says is above.
    /// </summary>
    public CommandResult FailsWith(string code)
    {
        Assert.AreNotEqual(0, ExitCode, Output);
        string[] errors =
        [
            .. Output.Split('\n')
                .Where(l => l.Contains(": error ", StringComparison.Ordinal) && !l.Contains(": error EDGE5039: ", StringComparison.Ordinal))
                .Distinct(),
        ];
        Assert.IsTrue(errors.Length > 0 && errors.All(e => e.Contains($": error {code}: ", StringComparison.Ordinal)), Output);
        Assert.DoesNotContain("   at ", Output, "A user's mistake must not show a stack trace.");
        return this;
    }
}

/// <summary>Runs real programs.</summary>
internal static class Command
{
    /// <summary>Long enough for an AOT compilation on a busy machine; only a hang takes so long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Where MSBuild lies, for the process that it runs in. Another one finds its own.</summary>
    private static readonly string[] OfMSBuild = ["MSBUILD_EXE_PATH", "MSBuildSDKsPath", "MSBuildExtensionsPath"];

    /// <summary>
    /// Runs a program to its end. Its output goes to a file: a server that it leaves running would hold a pipe open.
    /// </summary>
    public static CommandResult Run(
        string folder, IReadOnlyDictionary<string, string?> environment, string program, params string[] arguments)
    {
        TestKinds.Check(program);
        string output = Path.GetTempFileName();
        try
        {
            ProcessStartInfo start = Describe(
                folder, environment, "/bin/sh", ["-c", "exec \"$@\" >\"$0\" 2>&1 </dev/null", output, Find(program) ?? program, .. arguments]);
            using Process process = Process.Start(start)!;
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"{program} {string.Join(' ', arguments)} did not end:\n{File.ReadAllText(output)}");
            }

            return new CommandResult(process.ExitCode, File.ReadAllText(output));
        }
        finally
        {
            File.Delete(output);
        }
    }

    public static CommandResult Run(string folder, string program, params string[] arguments) =>
        Run(folder, new Dictionary<string, string?>(), program, arguments);

    public static Process Start(
        string folder,
        IReadOnlyDictionary<string, string?> environment,
        string program,
        string[] arguments,
        out StringBuilder output)
    {
        TestKinds.Check(program);
        StringBuilder lines = new();
        output = lines;
        ProcessStartInfo start = Describe(folder, environment, program, arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;

        void Take(string? line)
        {
            // Each stream ends with none, one perhaps before the other begins.
            if (line is not null)
            {
                lock (lines)
                {
                    lines.AppendLine(line);
                }
            }
        }

        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, e) => Take(e.Data);
        process.ErrorDataReceived += (_, e) => Take(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Where a needed program is not there, the test is inconclusive; in CI it fails.</summary>
    public static void Require(string program, string package)
    {
        TestKinds.Check(program);
        if (Find(program) is not null)
        {
            return;
        }

        string missing = $"{program} is not installed (Debian: apt-get install {package}).";
        if (Environment.GetEnvironmentVariable("CI") == "true")
        {
            Assert.Fail(missing);
        }

        Assert.Inconclusive(missing);
    }

    /// <summary>Describes how a program is started, without what MSBuild left in the environment of this process.</summary>
    public static ProcessStartInfo Describe(
        string folder, IReadOnlyDictionary<string, string?> environment, string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder };
        foreach (string name in OfMSBuild)
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string? value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    // On the PATH of the tests: that of the program may be another.
    private static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}
