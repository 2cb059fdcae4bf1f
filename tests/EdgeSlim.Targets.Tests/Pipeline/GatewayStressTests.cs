using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace EdgeSlim.Tests;

/// <summary>The sample GatewayAgent is put under load.</summary>
[TestClass]
[DoNotParallelize]
[TestCategory(TestKinds.Container)]
[TestCategory(TestKinds.Compiler)]
[TestCategory(TestKinds.Measure)]
public sealed class GatewayStressTests
{
    private static readonly string Seconds = Campaign.IsWhole ? "60" : "8";

    private static readonly Lazy<GatewayProject> Composed = new(() => new GatewayProject());

    private static GatewayProject Gateway => Composed.Value;

    public TestContext TestContext { get; set; } = null!;

    [ClassCleanup]
    public static void Clean()
    {
        if (Composed.IsValueCreated)
        {
            Gateway.Dispose();
        }
    }

    [TestMethod]
    public void GatewayAgent_holds_under_load_and_says_how_it_did()
    {
        CommandResult result = Gateway.Run(
            "EdgeStress", $"-p:EdgeStressDuration={Seconds}s", "-p:EdgeStressMaxP99=5s", "-p:EdgeStressMaxMemory=100MB").Succeeds();
        Match(result, @"P99 [0-9.]+ ms, P50 [0-9.]+ ms, [0-9.]+ % errors of [0-9]+ requests, 0 OOM kills, 0 restarts, [0-9.]+ MB peak memory");

        JsonElement stress = Read("stress.json");
        JsonElement figures = stress.GetProperty("result");
        int due = int.Parse(Seconds, CultureInfo.InvariantCulture) * 50;
        Assert.AreEqual(due, figures.GetProperty("requests").GetInt32());
        Assert.AreEqual(500, figures.GetProperty("milliCpus").GetInt32());
        Assert.AreEqual(512 << 20, figures.GetProperty("memoryLimitBytes").GetInt32());
        Assert.IsInRange(5_000_000, 100_000_000, figures.GetProperty("peakMemoryBytes").GetInt64());
        Assert.IsGreaterThan(0, figures.GetProperty("maxFileDescriptors").GetInt32());
        Assert.AreEqual(due, stress.GetProperty("requests").GetProperty("parts").EnumerateArray().Sum(p => p.GetProperty("requests").GetInt32()));
        Assert.IsGreaterThan(10, stress.GetProperty("samples").GetArrayLength());

        // The facts have the figures, also after the next build of the same image.
        Assert.AreEqual(P99(figures), P99(Read("facts.json").GetProperty("stress")));
        Assert.AreEqual(
            "0", XDocument.Load(Path.Combine(Gateway.Project.EdgeFolder, "stress.junit.xml")).Root!.Element("testsuite")!.Attribute("failures")!.Value);
        Match(Gateway.Project.EdgeImage(GatewayProject.Ready).Succeeds(), "stress     P99 ");
        Assert.AreEqual(P99(figures), P99(Read("facts.json").GetProperty("stress")));
    }

    [TestMethod]
    public void One_that_does_not_hold_its_thresholds_fails_and_says_which()
    {
        CommandResult result = Gateway.Run("EdgeStress", "-p:EdgeStressDuration=1s", "-p:EdgeStressPath=/gone").FailsWith("EDGE6021");
        Assert.Contains("status 404", result.Output);
        Assert.AreEqual(1, Read("stress.json").GetProperty("result").GetProperty("errorRate").GetDouble());
        Gateway.Run("EdgeStress", "-p:EdgeStressDuration=soon").FailsWith("EDGE6003");
        Gateway.Run("EdgeStress", "-p:EdgeStressDuration=1s", "-p:EdgeStressCommand=exit 3").FailsWith("EDGE6026");
    }

    [TestMethod]
    public void The_smallest_limits_are_found_where_there_is_time_for_it()
    {
        if (!Campaign.IsWhole)
        {
            Assert.Inconclusive("Only with EDGESLIM_TEST_ALL=1.");
        }

        CommandResult result = Gateway.Run(
            "EdgeStress", "-p:EdgeStressDuration=3s", "-p:EdgeStressFindLimits=true", "-p:EdgeStressMemoryLimit=128Mi", "-p:EdgeStressMaxP99=500ms").Succeeds();
        TestContext.WriteLine(result.Output);
        JsonElement limits = Read("limits.json");
        Assert.MatchesRegex("^[0-9]+m$", limits.GetProperty("limits").GetProperty("cpu").GetString()!);
        int memory = int.Parse(limits.GetProperty("limits").GetProperty("memory").GetString()!.Replace("Mi", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        Assert.IsInRange(8, 64, memory);
        Assert.AreEqual(
            limits.GetProperty("limits").GetProperty("memory").GetString(),
            Read("facts.json").GetProperty("stress").GetProperty("found").GetProperty("limits").GetProperty("memory").GetString());
    }

    private static double P99(JsonElement stress) => stress.GetProperty("latency").GetProperty("p99").GetDouble();

    private static void Match(CommandResult result, string pattern) => Assert.MatchesRegex(pattern, result.Output);

    private static JsonElement Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Gateway.Project.EdgeFolder, file)));
        return document.RootElement.Clone();
    }
}
