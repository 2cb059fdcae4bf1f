namespace EdgeSlim.Tests;

/// <summary>Counts what costs most. <c>./test</c> reports the sum of each test project.</summary>
internal static class NativeCompilations
{
    private static readonly string? Run = Environment.GetEnvironmentVariable("EDGESLIM_TEST_RUN");

    /// <summary>Counts the native compilations in the output of a build.</summary>
    /// <param name="project">What was built.</param>
    /// <param name="output">The log, which names each compilation at all verbosities but quiet.</param>
    public static void Count(string project, string output)
    {
        int count = output.Split("Generating native code").Length - 1;
        if (Run is not null && count > 0)
        {
            string line = $"{project} {count}\n";
            lock (Run)
            {
                File.AppendAllText(Path.Combine(Run, $"{typeof(NativeCompilations).Assembly.GetName().Name}.compilations"), line);
            }
        }
    }
}
