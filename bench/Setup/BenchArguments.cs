using System.Globalization;

namespace EdgeSlim.Bench.Setup;

/// <summary>What the program is asked to do.</summary>
/// <param name="Applications">The keys of the applications; empty for all.</param>
/// <param name="Rounds">How often each is measured at most.</param>
/// <param name="Time">No further round is begun that would end later than this; the first one is always ended.</param>
/// <param name="HasGrowth">Whether the growth curves are measured.</param>
/// <param name="WritesDocuments">Whether docs/benchmarks.md, its charts and the table in README.md are written.</param>
internal sealed record BenchArguments(
    IReadOnlyList<string> Applications, int Rounds, TimeSpan Time, bool HasGrowth, bool WritesDocuments)
{
    public const string Usage = """
        dotnet run -c Release --project bench -- [options]
          --quick               one round of the console application, and the growth curves; writes no documents
          --apps KEY[,KEY...]   only these applications, without the growth curves; writes no documents
          --rounds N            at most so many rounds (5)
          --minutes N           no further round is begun that would end later than this (40)
          --no-growth           without the growth curves; writes no documents
          --dry                 writes no documents
        """;

    /// <summary>Reads the command line.</summary>
    /// <param name="arguments">Its words.</param>
    /// <returns>What it says; null where it cannot be understood.</returns>
    public static BenchArguments? Parse(IReadOnlyList<string> arguments)
    {
        BenchArguments all = new([], 5, TimeSpan.FromMinutes(40), true, true);
        for (int i = 0; i < arguments.Count; i++)
        {
            string? value = i + 1 < arguments.Count ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--quick":
                    all = all with { Applications = ["console"], Rounds = 1, WritesDocuments = false };
                    break;
                case "--apps" when value is not null:
                    all = all with { Applications = value.Split(','), HasGrowth = false, WritesDocuments = false };
                    i++;
                    break;
                case "--rounds" when Number(value) is int rounds:
                    all = all with { Rounds = rounds };
                    i++;
                    break;
                case "--minutes" when Number(value) is int minutes:
                    all = all with { Time = TimeSpan.FromMinutes(minutes) };
                    i++;
                    break;
                case "--no-growth":
                    all = all with { HasGrowth = false, WritesDocuments = false };
                    break;
                case "--dry":
                    all = all with { WritesDocuments = false };
                    break;
                default:
                    return null;
            }
        }

        return all;
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number : null;
}
