using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeSlim.Bench;

/// <summary>
/// Composing and pushing, by EdgeSlim, by the .NET SDK's own PublishContainer and by buildah: the same publish, the same
/// registry, in turn. Of the builds only what composes and pushes is counted, by MSBuild's account of targets and tasks.
/// </summary>
internal sealed partial class Comparison(Workshop workshop, LocalRegistry registry, int rounds)
{
    private const string Base = "bench/base";

    private readonly string _storage = workshop.Folder("buildah");

    public static IReadOnlyList<string> Tools { get; } = ["docker-registry", "buildah"];

    public void Measure()
    {
        PushBase();
        (string Name, string Folder)[] applications =
        [
            ("hello", workshop.Application("Hello", "Microsoft.NET.Sdk", "aot", "System.Console.WriteLine(\"ready\");")),
            ("web", workshop.Application("Web", "Microsoft.NET.Sdk.Web", "aot", WebCode("CreateSlimBuilder"))),
            ("self-contained", workshop.Application("Whole", "Microsoft.NET.Sdk.Web", "selfcontained", WebCode("CreateBuilder"))),
        ];
        Console.WriteLine($"Compose and push, {rounds} rounds: seconds, median (least to most)");
        Console.WriteLine($"{"",-15} {"",-10} {"EdgeSlim",20} {"its compose+deliver",20} {"PublishContainer",20} {"buildah",20}  ratio");
        foreach ((string name, string folder) in applications)
        {
            Application application = new(name, folder);
            Run(application, "first", isWarm: false);
            Run(application, "cached", isWarm: true);
        }
    }

    private static string WebCode(string builder) =>
        $"var app = Microsoft.AspNetCore.Builder.WebApplication.{builder}(args).Build(); app.MapGet(\"/\", () => \"ready\"); app.Run();";

    // 'first': nothing of it was ever made. 'no change': again.
    private void Run(Application application, string kind, bool isWarm)
    {
        Side edge = new("EdgeSlim"), ours = new("compose"), sdk = new("PublishContainer"), buildah = new("buildah");
        Side edgeAgain = new(""), oursAgain = new(""), sdkAgain = new(""), buildahAgain = new("");
        HashSet<string> baseLayers = registry.Layers(Base, "1");
        string cache = workshop.Folder($"cache-{application.Name}");
        for (int round = 0; round < rounds; round++)
        {
            string id = $"{application.Name}/{kind}{round}";
            string[] publish = ["-p:NoWarn=EDGE3105", $"-p:ContainerRegistry={registry.Address}"];

            // Everything that EdgeSlim made goes; what the compiler made stays.
            Clean(application.Folder);
            if (!isWarm)
            {
                Workshop.Delete(cache);
            }

            string[] edgeArguments = ["publish", "-t:EdgeImage", .. publish, $"-p:ContainerRepository=edge/{id}", "-p:ContainerImageTag=1", $"-p:EdgeCacheDir={cache}"];
            Take(edge, ours, application.Folder, edgeArguments);
            edge.Size = registry.SizeWithout($"edge/{id}", "1", baseLayers);
            Take(edgeAgain, oursAgain, application.Folder, edgeArguments);

            string[] sdkArguments = ["publish", "-t:PublishContainer", .. publish, $"-p:ContainerRepository=sdk/{id}", "-p:ContainerImageTag=1", $"-p:ContainerBaseImage={registry.Address}/{Base}:1"];
            TakeTask(sdk, application.Folder, sdkArguments);
            sdk.Size = registry.SizeWithout($"sdk/{id}", "1", baseLayers);
            TakeTask(sdkAgain, application.Folder, sdkArguments);

            if (!isWarm)
            {
                Workshop.Delete(_storage);
                PullBase();
            }

            TakeBuildah(buildah, application, $"buildah/{id}");
            buildah.Size = registry.SizeWithout($"buildah/{id}", "1", baseLayers);
            TakeBuildah(buildahAgain, application, $"buildah/{id}");
        }

        Print(application.Name, kind, edge, ours, sdk, buildah);
        Console.WriteLine($"{"",-15} {"size",-10} {Bytes(edge.Size),20} {"",20} {Bytes(sdk.Size),20} {Bytes(buildah.Size),20}");
        if (!isWarm)
        {
            Print(application.Name, "no change", edgeAgain, oursAgain, sdkAgain, buildahAgain);
        }
    }

    private static void Clean(string folder)
    {
        foreach (string made in Directory.GetDirectories(folder, "edge", SearchOption.AllDirectories))
        {
            Workshop.Delete(made);
        }
    }

    private void Take(Side whole, Side part, string folder, string[] arguments)
    {
        registry.TakeSent();
        string log = Workshop.Run(folder, "dotnet", [.. arguments, "-tl:off", "-clp:PerformanceSummary", "-v:n"]);
        Dictionary<string, double> targets = Targets().Matches(log).ToDictionary(
            m => m.Groups["name"].Value, m => double.Parse(m.Groups["ms"].Value, CultureInfo.InvariantCulture) / 1000);

        // From the published files to the pushed image: looking for needs, choosing the base and verifying included.
        string[] before = ["_EdgeSlimProbeToolchain", "_EdgeSlimReport", "_EdgeSlimWriteFacts", "_EdgeSlimAdvise"];
        whole.Seconds.Add(targets.Where(t => !before.Contains(t.Key)).Sum(t => t.Value));
        part.Seconds.Add(targets.GetValueOrDefault("_EdgeSlimCompose") + targets.GetValueOrDefault("_EdgeSlimDeliver"));
        whole.Sent.Add(registry.TakeSent());
    }

    private void TakeTask(Side side, string folder, string[] arguments)
    {
        registry.TakeSent();
        string log = Workshop.Run(folder, "dotnet", [.. arguments, "-tl:off", "-clp:PerformanceSummary", "-v:n"]);
        side.Seconds.Add(CreateNewImage().Matches(log).Sum(m => double.Parse(m.Groups["ms"].Value, CultureInfo.InvariantCulture)) / 1000);
        side.Sent.Add(registry.TakeSent());
    }

    private void TakeBuildah(Side side, Application application, string repository)
    {
        string publish = Directory.GetDirectories(application.Folder, "publish", SearchOption.AllDirectories)
            .Single(p => p.Contains("/bin/", StringComparison.Ordinal));
        string image = $"{registry.Address}/{repository}:1";
        string file = Path.Combine(application.Folder, "Containerfile");
        File.WriteAllText(file, $"FROM {registry.Address}/{Base}:1\nCOPY . /app\nWORKDIR /app\n");
        registry.TakeSent();
        Stopwatch watch = Stopwatch.StartNew();
        Buildah("bud", "--layers", "--isolation", "chroot", "--tls-verify=false", "-q", "-f", file, "-t", image, publish);
        Buildah("push", "--tls-verify=false", "-q", image);
        side.Seconds.Add(watch.Elapsed.TotalSeconds);
        side.Sent.Add(registry.TakeSent());
        File.Delete(file);
    }

    private void PushBase()
    {
        string context = workshop.Folder("base");
        File.WriteAllText(Path.Combine(context, "os-release"), "ID=bench\n");
        File.WriteAllText(Path.Combine(context, "Containerfile"), "FROM scratch\nCOPY os-release /etc/os-release\nENV PATH=/usr/bin\n");
        Buildah("bud", "--isolation", "chroot", "-q", "-t", $"{registry.Address}/{Base}:1", context);
        Buildah("push", "--tls-verify=false", "-q", $"{registry.Address}/{Base}:1");
    }

    private void PullBase() => Buildah("pull", "--tls-verify=false", "-q", $"{registry.Address}/{Base}:1");

    private void Buildah(string command, params string[] arguments) => Workshop.Run(
        "/", "buildah", ["--root", $"{_storage}/root", "--runroot", $"{_storage}/run", "--storage-driver", "vfs", command, .. arguments]);

    private static void Print(string name, string kind, Side edge, Side ours, Side sdk, Side buildah)
    {
        // Round by round against the better of the others, since the machine is not equally busy all the time.
        double ratio = Median([.. edge.Seconds.Select((s, i) => s / Math.Min(sdk.Seconds[i], buildah.Seconds[i]))]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-15} {kind,-10} {edge.Time,20} {ours.Time,20} {sdk.Time,20} {buildah.Time,20}  {ratio:0.00}"));
        Console.WriteLine($"{"",-15} {"sent",-10} {Bytes(Median(edge.Sent)),20} {"",20} {Bytes(Median(sdk.Sent)),20} {Bytes(Median(buildah.Sent)),20}");
    }

    private static string Bytes(double bytes) => bytes < 1e6
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.00} MB");

    private static double Median(List<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    [GeneratedRegex(@"^\s+(?<ms>\d+) ms\s+(?<name>_EdgeSlim\w+)\s", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Targets();

    [GeneratedRegex(@"^\s+(?<ms>\d+) ms\s+(?:Microsoft\.NET\.Build\.Containers\.Tasks\.)?CreateNewImage\s", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex CreateNewImage();

    private sealed record Application(string Name, string Folder);

    private sealed record Side(string Name)
    {
        public List<double> Seconds { get; } = [];

        public List<double> Sent { get; } = [];

        public long Size { get; set; }

        public string Time => string.Create(
            CultureInfo.InvariantCulture, $"{Median(Seconds):0.00} ({Seconds.Min():0.00}-{Seconds.Max():0.00})");
    }
}
