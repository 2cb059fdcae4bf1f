using EdgeSlim.Bench.Contenders;
using EdgeSlim.Bench.Measuring;

namespace EdgeSlim.Bench.Writing;

/// <summary>All that was measured.</summary>
internal sealed record Results
{
    /// <summary>The class of the machine.</summary>
    public required string Machine { get; init; }

    /// <summary>The versions of the programs.</summary>
    public required IReadOnlyList<string> Versions { get; init; }

    /// <summary>The contenders of each application, EdgeSlim first.</summary>
    public required IReadOnlyList<IReadOnlyList<Contender>> Contenders { get; init; }

    /// <summary>What was measured of each.</summary>
    public required Rounds Rounds { get; init; }

    /// <summary>The growth curves.</summary>
    public required IReadOnlyList<Growth> Curves { get; init; }

    /// <summary>What EdgeSlim's log says at the end, of the sample.</summary>
    public required string SampleSummary { get; init; }

    /// <summary>The names of the contenders.</summary>
    public IReadOnlyList<string> Names => [.. Contenders[0].Select(c => c.Name)];

    /// <summary>EdgeSlim against the better of the others, round by round.</summary>
    /// <param name="contenders">Those of an application.</param>
    /// <param name="samples">What counts.</param>
    public Samples Ratios(IReadOnlyList<Contender> contenders, Func<Cell, Samples> samples) =>
        samples(Rounds[contenders[0]]).RatioToBetter([.. contenders.Skip(1).Select(c => samples(Rounds[c]))]);
}
