using System.Globalization;
using EdgeSlim.Bases.Needs;
using EdgeSlim.LinkChecks;
using EdgeSlim.Oci;
using EdgeSlim.Reporting;
using EdgeSlim.Reporting.Pages;
using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Tests.Reporting.Pages;

/// <summary>Reports that no publish makes.</summary>
internal static class ReportSample
{
    /// <summary>Names that try to be more than text.</summary>
    public static string[] HostileNames { get; } =
    [
        "</script><script>document.title='broken'</script>",
        "<img src=x onerror=\"document.title='broken'\">",
        "<!--<script>",
        "]]>\u2028\u2029",
        "Dictionary`2<List`1<!0>,Func`3<!!0,string,T[]>>",
        "M\u00fcller.\u6e2c\u8a66\ud83d\ude80.\u202egnp.txt",
        "'\"\\ /*DATA*/null &amp; {{x}} ${y}",
        "__proto__",
        "constructor",
        "",
        new string('n', 5_000),
        "lone \ud800 surrogate",
    ];

    /// <summary>A report whose map has as many types as are wanted, each hostile name among them.</summary>
    public static ImageReport Create(int types)
    {
        SizeBranch root = new("agent", SizeKinds.Image);
        SizeBranch framework = root.Part("Agent", SizeKinds.Executable).Part(".NET libraries", SizeKinds.Framework);
        for (int i = 0; i < types; i++)
        {
            string name = i < HostileNames.Length ? HostileNames[i] : "Type" + i.ToString(CultureInfo.InvariantCulture);
            SizeBranch space = framework.Part($"Assembly{i % 40}", SizeKinds.Assembly).Part($"Space{i % 300}", SizeKinds.Space);
            space.Part(name, SizeKinds.Type).Part("Run", SizeKinds.Method).Add(1 + (i * 37 % 5_000));
            space.Part(name, SizeKinds.Type).Part(name, SizeKinds.Method).Add(7);
        }

        return Of(root.Build());
    }

    public static ImageReport Of(SizeNode map) => new()
    {
        Project = HostileNames[0],
        Image = new ReportedImage
        {
            Repository = map.Name,
            Tags = ["1.0"],
            Digest = Digest.Parse("sha256:" + new string('a', 64)),
            Platform = "linux/amd64",
            Commit = new string('b', 40),
            IsDirty = false,
            CompressedBytes = map.Bytes / 2,
            UncompressedBytes = map.Bytes,
        },
        Journey =
        [
            new JourneyStep("Usual " + HostileNames[1], 230_000_000, false, "estimated"),
            new JourneyStep("Compressed", map.Bytes / 2, true, "measured"),
        ],
        Advice =
        [
            new EdgeSlim.Reporting.Advice.SizeAdvice
            {
                Rule = "test", Title = HostileNames[0], Text = HostileNames[1], Bytes = 5, IsMeasured = true, Change = "<A>" + HostileNames[0] + "</A>",
            },
        ],
        Packages = [],
        Reasons = [new SizeReason { Name = "Assembly1", Kind = "assembly", Chain = ["Agent", HostileNames[0]], UsedBy = [HostileNames[1]] }],
        Map = map,
    };

    public static PageEvidence Evidence { get; } = new(
        new ImageFacts
        {
            Repository = "agent",
            Tags = ["1.0"],
            Digest = Digest.Parse("sha256:" + new string('a', 64)),
            Platform = Platform.FromRuntimeIdentifier("linux-x64")!,
            Base = new BaseFacts("scratch", HostileNames[0]),
            User = "65532",
            Ports = [],
            Labels = new Dictionary<string, string>(),
            CompressedBytes = 1,
            UncompressedBytes = 1,
            Layers = [],
        },
        new ApplicationNeeds
        {
            Needs = [new Need("tls", Certainty.Certain, [new Evidence(EvidenceSource.NativeObject, HostileNames[0])])],
            Libraries = [],
            BuiltIn = [],
            Refused = [],
            CultureUses = [],
        },
        new Verdict
        {
            Digest = Digest.Parse("sha256:" + new string('a', 64)),
            Loaded = ["/app/Agent"],
            NativeFiles = 1,
            Warnings = [],
            Ignored = [],
        },
        new System.Text.Json.Nodes.JsonObject { ["trial"] = new System.Text.Json.Nodes.JsonObject { ["startMilliseconds"] = 12 } });
}
