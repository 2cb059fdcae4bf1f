using System.Diagnostics;
using EdgeSlim.Bench.Contenders;
using EdgeSlim.Bench.Setup;

namespace EdgeSlim.Bench.Measuring;

/// <summary>
/// Rounds of deliveries, in which the contenders take turns: each delivers each application on each occasion, so that what
/// else the machine does hits all of them alike. A further round without compiling anew is made where one with it would
/// take too long.
/// </summary>
/// <param name="registry">Where images go.</param>
/// <param name="contenders">The contenders, those of one application one behind the other.</param>
internal sealed class Rounds(LocalRegistry registry, IReadOnlyList<IReadOnlyList<Contender>> contenders)
{
    private const int Starts = 5;
    private const string First = "clean-0";

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private TimeSpan _first;
    private readonly Dictionary<Contender, Cell> _cells = contenders.SelectMany(c => c).ToDictionary(c => c, _ => new Cell());

    /// <summary>What was measured of a contender.</summary>
    public Cell this[Contender contender] => _cells[contender];

    /// <summary>The first round, which compiles everything.</summary>
    public void Begin() => _first = Round(0, isWhole: true);

    /// <summary>Further rounds.</summary>
    /// <param name="most">How many rounds at most, the first one included.</param>
    /// <param name="end">When the last one has to be over, from when this was made.</param>
    public void GoOn(int most, TimeSpan end)
    {
        // What was measured of the first: with compiling, and about a third of it without.
        TimeSpan whole = _first;
        TimeSpan quick = _first / 3;
        for (int round = 1; round < most; round++)
        {
            // Two quick ones are better than a whole one that leaves no time for them.
            bool isWhole = _watch.Elapsed + whole + (2 * quick) < end;
            if (!isWhole && _watch.Elapsed + quick > end)
            {
                return;
            }

            TimeSpan taken = Round(round, isWhole);
            (whole, quick) = isWhole ? (taken, quick) : (whole, taken);
        }
    }

    /// <summary>Reads the images and starts them.</summary>
    /// <param name="workshop">Has room for them.</param>
    public void Inspect(Workshop workshop)
    {
        foreach (Contender contender in contenders.SelectMany(c => c))
        {
            _cells[contender].Image = ImageFacts.Read(registry, contender.Repository(First), Contender.Tag);
            Measuring.Starts.Pull($"{registry.Address}/{contender.Repository(First)}:{Contender.Tag}", Layout(workshop, contender));
        }

        for (int i = 0; i < Starts; i++)
        {
            foreach (Contender contender in contenders.SelectMany(c => c))
            {
                (double milliseconds, long peak) = Measuring.Starts.Measure(Layout(workshop, contender), contender.Application);
                _cells[contender].StartMilliseconds.Add(milliseconds);
                _cells[contender].PeakBytes.Add(peak);
            }
        }
    }

    private static string Layout(Workshop workshop, Contender contender) =>
        Path.Combine(workshop.Folder("pulled"), contender.Repository(First).Replace('/', '-'));

    private TimeSpan Round(int round, bool isWhole)
    {
        Stopwatch watch = Stopwatch.StartNew();
        foreach (IReadOnlyList<Contender> turn in contenders)
        {
            // Another one is first each time.
            Contender[] order = [.. turn.Skip(round % turn.Count), .. turn.Take(round % turn.Count)];
            foreach (Contender contender in order)
            {
                Deliver(contender, round, isWhole);
            }

            Console.Error.WriteLine($"round {round + 1}: {turn[0].Application.Key}, {watch.Elapsed.TotalSeconds:0} s");
        }

        return watch.Elapsed;
    }

    private void Deliver(Contender contender, int round, bool isWhole)
    {
        Cell cell = _cells[contender];
        if (isWhole)
        {
            contender.ForgetAll();
            cell.Add(Occasion.Clean, contender.Deliver($"clean-{round}"));
        }

        contender.ForgetImages();
        cell.Add(Occasion.Compiled, contender.Deliver($"compiled-{round}"));
        cell.Add(Occasion.Unchanged, contender.Deliver($"compiled-{round}"));
        if (contender.Application.IsSelfContained)
        {
            contender.ChangeOneLine();
            cell.Add(Occasion.OneLine, contender.Deliver($"compiled-{round}"));
        }
    }
}
