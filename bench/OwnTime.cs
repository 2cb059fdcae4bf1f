using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeSlim.Bench;

/// <summary>
/// What EdgeSlim adds to a publish in which nothing changed: against the .NET SDK's own AOT publish, the two in turn,
/// and by MSBuild's account of EdgeSlim's targets.
/// </summary>
internal static partial class OwnTime
{
    public static void Measure(Workshop workshop, int pairs)
    {
        string plain = workshop.Project("Plain", withEdgeSlim: false);
        string edge = workshop.Project("Edge", withEdgeSlim: true);
        string[] plainPublish = ["publish", "-r", "linux-" + Architecture];
        string[] edgePublish = ["publish", "-t:EdgeImage"];
        for (int warmup = 0; warmup < 2; warmup++)
        {
            Workshop.Run(plain, "dotnet", plainPublish);
            Workshop.Run(edge, "dotnet", edgePublish);
        }

        List<double> plainTimes = [];
        List<double> edgeTimes = [];
        List<double> targetTimes = [];
        for (int i = 0; i < pairs; i++)
        {
            plainTimes.Add(Time(plain, plainPublish));
            edgeTimes.Add(Time(edge, edgePublish));
            targetTimes.Add(TargetTime(edge, edgePublish));
        }

        Console.WriteLine($"Nothing changed, {pairs} pairs, milliseconds        median     min     max");
        Print("dotnet publish (PublishAot), without EdgeSlim", plainTimes);
        Print("dotnet publish -t:EdgeImage", edgeTimes);
        Print("difference, pair by pair", [.. edgeTimes.Zip(plainTimes, (e, p) => e - p)]);
        Print("EdgeSlim's own targets, by MSBuild's account", targetTimes);
        double ratio = Median([.. edgeTimes.Zip(plainTimes, (e, p) => e / p)]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"EdgeImage / plain publish, median of pairs: {ratio:0.00}"));
    }

    private static string Architecture =>
        System.Runtime.InteropServices.RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    private static double Time(string folder, string[] arguments)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Workshop.Run(folder, "dotnet", arguments);
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double TargetTime(string folder, string[] arguments)
    {
        string log = Workshop.Run(folder, "dotnet", [.. arguments, "-tl:off", "-clp:PerformanceSummary", "-v:n"]);
        return TargetLine().Matches(log).Sum(m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    private static void Print(string what, List<double> times) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{what,-50} {Median(times),7:0} {times.Min(),7:0} {times.Max(),7:0}"));

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    [GeneratedRegex(@"^\s+(\d+) ms\s+_EdgeSlim\w+\s", RegexOptions.Multiline)]
    private static partial Regex TargetLine();
}
