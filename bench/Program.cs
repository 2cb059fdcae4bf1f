using EdgeSlim.Bench.Applications;
using EdgeSlim.Bench.Contenders;
using EdgeSlim.Bench.Measuring;
using EdgeSlim.Bench.Setup;
using EdgeSlim.Bench.Writing;

if (BenchArguments.Parse(args) is not BenchArguments asked)
{
    Console.Error.WriteLine(BenchArguments.Usage);
    return 2;
}

BenchApplication[] applications =
    [.. KnownApplications.All.Where(a => asked.Applications.Count == 0 || asked.Applications.Contains(a.Key))];
if (applications.Length == 0)
{
    Console.Error.WriteLine($"The applications are {string.Join(", ", KnownApplications.All.Select(a => a.Key))}.");
    return 2;
}

string[] missing = [.. Machine.Tools.Where(t => !Workshop.Has(t.Program)).Select(t => t.Package)];
if (missing.Length > 0)
{
    Console.Error.WriteLine($"Not installed (Debian: apt-get install {string.Join(' ', missing)}).");
    return 1;
}

using Workshop workshop = Workshop.Open();
using LocalRegistry registry = new(workshop.Folder("registry"));
BaseImage baseImage = BaseImage.Make(workshop, registry);
Contender[][] contenders =
[
    .. applications.Select(a => (Contender[])
    [
        new EdgeSlimContender(workshop, registry, baseImage, a),
        new PublishContainerContender(workshop, registry, baseImage, a),
        new BuildahContender(workshop, registry, baseImage, a),
    ]),
];
foreach (Contender contender in contenders.SelectMany(c => c))
{
    contender.Prepare();
}

string summary = SampleSummary.Make(workshop);
Rounds rounds = new(registry, contenders);
rounds.Begin();
rounds.Inspect(workshop);
rounds.GoOn(asked.Rounds, asked.Time);
IReadOnlyList<Growth> curves = asked.HasGrowth ? Growth.Measure(contenders[0]) : [];
Results results = new()
{
    Machine = Machine.Describe(),
    Versions = Machine.Versions(workshop),
    Contenders = contenders,
    Rounds = rounds,
    Curves = curves,
    SampleSummary = summary,
};
Console.WriteLine(BenchmarksPage.Of(results));
if (asked.WritesDocuments)
{
    new Documents(workshop.Root).Write(results);
}

return 0;
