namespace EdgeSlim.Tests;

/// <summary>What takes long, or was not seen to pass yet, is left to <c>./test --all</c>.</summary>
internal static class WholeRun
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("EDGESLIM_TEST_ALL") == "1";

    public static void Require()
    {
        if (!IsOn)
        {
            Assert.Inconclusive("With ./test --all.");
        }
    }
}
