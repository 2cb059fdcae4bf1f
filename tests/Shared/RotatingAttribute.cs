using System.Globalization;

namespace EdgeSlim.Tests;

/// <summary>
/// Marks a test that is too long for each run. <c>./test --all</c> runs it, and CI with every commit whose turn it is:
/// EDGESLIM_TEST_SLICE is the hash of the commit.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class RotatingAttribute : ConditionBaseAttribute
{
    private readonly int _turn;

    /// <summary>Gives a test its turn.</summary>
    /// <param name="turn">From 0 to <see cref="Turns"/> - 1. Tests with the same number run together.</param>
    public RotatingAttribute(int turn)
        : base(ConditionMode.Include)
    {
        _turn = turn;
        IgnoreMessage = "Runs with ./test --all, and in CI by turns.";
    }

    /// <summary>After how many commits each test ran once, on average.</summary>
    public const int Turns = 16;

    /// <summary>The turn of this run; none where only the plain tests run.</summary>
    public static int? Now { get; } = Environment.GetEnvironmentVariable("EDGESLIM_TEST_SLICE") is { Length: >= 8 } commit
        && int.TryParse(commit.AsSpan(0, 7), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int number) ? number % Turns : null;

    /// <inheritdoc/>
    public override string GroupName => nameof(RotatingAttribute);

    /// <inheritdoc/>
    public override bool IsConditionMet => IsDue(_turn);

    /// <summary>Whether this run has a turn, for rows of data.</summary>
    /// <param name="turn">The turn.</param>
    /// <returns>Whether the rows are to run.</returns>
    public static bool IsDue(int turn) => Campaign.IsWhole || Now == turn;
}
