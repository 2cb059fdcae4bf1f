using System.Globalization;

namespace EdgeSlim.Tests;

/// <summary>
/// Long campaigns of numbered cases. A run does a slice of them, which goes by the commit so that all get their turn;
/// <c>./test --all</c> does them whole.
/// </summary>
internal static class Campaign
{
    public static bool IsWhole { get; } = Environment.GetEnvironmentVariable("EDGESLIM_TEST_ALL") == "1";

    /// <summary>The number of the slice: the first digits of the commit, or EDGESLIM_TEST_SLICE, both hexadecimal.</summary>
    public static uint Slice { get; } =
        Environment.GetEnvironmentVariable("EDGESLIM_TEST_SLICE") is { Length: > 0 } given ? Parse(given) : OfCommit();

    /// <summary>The cases of this run.</summary>
    /// <param name="all">How many there are.</param>
    /// <param name="some">How many are a slice.</param>
    public static IEnumerable<int> Cases(int all, int some) =>
        IsWhole ? Enumerable.Range(0, all) : Enumerable.Range((int)(Slice % (uint)(all / some)) * some, some);

    // Without git, always the same.
    private static uint OfCommit()
    {
        CommandResult head = Command.Run(Repository.Root, "git", "rev-parse", "HEAD");
        return head.ExitCode == 0 ? Parse(head.Output.Trim()) : 0;
    }

    private static uint Parse(string digits) =>
        uint.Parse(digits[..Math.Min(8, digits.Length)], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
