using System.Globalization;
using System.Text.Json;
using EdgeSlim.Bases;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Delivery;
using EdgeSlim.Git;
using EdgeSlim.LinkChecks;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;
using EdgeSlim.Reporting;
using EdgeSlim.Tests.Composition;

namespace EdgeSlim.Tests.Reporting;

[TestClass]
public sealed class SummaryTests
{
    [TestMethod]
    [DataRow("")]
    [DataRow("de-DE")]
    [DataRow("ar-SA")]
    public void The_closing_words_are_the_same_in_every_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.AreEqual(
                $"""
                team/agent:1.0, :latest (linux/arm/v7)
                  digest     {Digest.Of("image"u8)}
                  mode       aot: no code needs a larger mode
                  base       scratch: the executable is static and needs no file of a base image
                  size       1.23 MB compressed, 2.5 kB uncompressed
                  left out   999 B in 2 files
                  layout     /out/oci
                  registry   ghcr.io/team/agent:1.0 (3 blobs sent)
                             ghcr.io/team/agent:latest
                  archive    /out/a.tar (oci archive)
                """.ReplaceLineEndings("\n"),
                string.Join('\n', Summary.Lines(Facts(), "/out/oci")));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestMethod]
    public void On_a_base_the_size_is_what_comes_on_top_of_it()
    {
        Facts facts = Facts();
        facts = facts with
        {
            Image = facts.Image with { Base = new BaseFacts("debian:12", "asked for"), UncompressedBytes = 0 },
            Payload = facts.Payload with { Excluded = [new ExcludedFile("a", 1_000, "x")] },
            Deliveries = [],
        };
        IReadOnlyList<string> lines = Summary.Lines(facts, "/out/oci");
        Assert.Contains("  size       1.23 MB compressed, 0 B uncompressed on top of the base", lines);
        Assert.Contains("  left out   1 kB in 1 file", lines);
        Assert.HasCount(7, lines);
    }

    [TestMethod]
    public void A_trial_stands_before_the_deliveries() => Assert.Contains(
        "  trial      ready in 40 ms, 15.30 MB peak memory, 61 ms of CPU, stopped in 5.2 ms (podman, 500m CPU, 104.86 MB)\n  registry",
        string.Join('\n', Summary.Lines(Facts() with { Trial = Trials.TrialSamples.Result }, "/out/oci")));

    [TestMethod]
    public void A_trial_that_proves_nothing_says_so() => Assert.AreEqual(
        "not proven: it ends with exit code 3",
        Summary.Line(Trials.TrialSamples.Result with { Proof = EdgeSlim.Trials.TrialProof.NotProven, ProofReason = "it ends with exit code 3" }));

    [TestMethod]
    public void What_was_not_measured_is_not_in_the_summary() => Assert.AreEqual(
        "ready: it runs for 1000 ms (docker, 500m CPU, 104.86 MB)",
        Summary.Line(Trials.TrialSamples.Result with
        {
            Engine = "docker",
            ReadyWhen = "it runs for 1000 ms",
            StartupMilliseconds = null,
            PeakMemoryBytes = null,
            CpuMilliseconds = null,
            StopMilliseconds = null,
        }));

    [TestMethod]
    public void The_twin_stands_behind_the_image() => Assert.EndsWith(
        $"""

        team/agent:1.0-debug (for debugging)
          digest     {Digest.Of("twin"u8)}
          size       3.80 MB compressed
          registry   ghcr.io/team/agent:1.0-debug (2 blobs sent)
        """.ReplaceLineEndings("\n"),
        string.Join('\n', Summary.Lines(WithTwin(), "/out/oci")));

    [TestMethod]
    public void Facts_come_back_from_their_JSON_as_they_were()
    {
        string text = JsonSerializer.Serialize(WithTwin(), FactsJson.Documents.Facts);
        Facts read = JsonSerializer.Deserialize(text, FactsJson.Documents.Facts)!;
        Assert.AreEqual(text, JsonSerializer.Serialize(read, FactsJson.Documents.Facts));
        Assert.AreEqual(Facts().Image.Digest, read.Image.Digest);
        Assert.AreEqual(Facts().Image.Platform, read.Image.Platform);
        Assert.AreEqual(Facts().Payload.Excluded[0], read.Payload.Excluded[0]);
        Assert.AreEqual(Facts().Analysis.Warnings[0], read.Analysis.Warnings[0]);
        Assert.AreEqual(Certainty.Certain, read.Needs.Needs[0].Certainty);
        Assert.AreEqual(RevisionOrigin.Git, read.Source.Origin);
        Assert.AreEqual(Facts().Source.CommitTime, read.Source.CommitTime);
        Assert.AreEqual(WithTwin().Debug!.Image.Digest, read.Debug!.Image.Digest);
        Assert.AreEqual(1, read.SchemaVersion);
        Assert.Contains("größe", text);
    }

    [TestMethod]
    [DataRow("schemaVersion")]
    [DataRow("publish.runtimeIdentifier")]
    [DataRow("payload.files")]
    [DataRow("needs.needs")]
    [DataRow("source.origin")]
    [DataRow("image.digest")]
    [DataRow("image.platform.os")]
    [DataRow("image.base.reason")]
    [DataRow("image.layers")]
    [DataRow("deliveries")]
    public void Other_readers_find_their_facts_where_they_are(string path)
    {
        using JsonDocument facts = JsonDocument.Parse(JsonSerializer.Serialize(Facts(), FactsJson.Documents.Facts));
        JsonElement at = facts.RootElement;
        foreach (string name in path.Split('.'))
        {
            at = at.GetProperty(name);
        }

        Assert.AreNotEqual(JsonValueKind.Null, at.ValueKind);
    }

    [TestMethod]
    public async Task What_there_is_to_say_of_an_image_comes_from_its_plan_and_its_layout()
    {
        using var folder = new TemporaryFolder();
        var plan = PlanSamples.Plan(PlanSamples.Payload(folder, ("agent", "binary"), ("a/b", "1234")), tags: "1.0");
        LayoutImage image = await new EdgeSlim.Composition.ImageComposer(folder["oci"], folder["lock"])
            .ComposeAsync(plan, CancellationToken.None);
        BaseFacts scratch = new("scratch", "it is small");
        BaseChoice choice = new() { Name = "scratch", Reason = "it is small" };
        ImageFacts facts = ImageFactsReader.Read(plan, choice, image, scratch);
        Assert.AreEqual(image.Descriptor.Digest, facts.Digest);
        Assert.AreEqual(image.CompressedSize, facts.CompressedBytes);
        Assert.AreEqual(10 + plan.Layers[0].Entries.Sum(e => e.Size), facts.UncompressedBytes);
        Assert.AreEqual("users, home and /tmp for scratch:2 application:2", string.Join(' ', facts.Layers.Select(l => $"{l.Name}:{l.Files}")));

        ImageFacts onBase = ImageFactsReader.Read(
            plan with { BaseLayers = [image.Manifest.Layers[0]], Layers = [plan.Layers[1]] },
            new BaseChoice { Name = "base", Reason = "asked for" },
            image,
            scratch);
        Assert.AreEqual(new LayerFacts(null, image.Manifest.Layers[0].Digest, image.Manifest.Layers[0].Size, null), onBase.Layers[0]);
        Assert.AreEqual("application", onBase.Layers[1].Name);
    }

    private static Facts Facts() => new()
    {
        Publish = new PublishFacts
        {
            Project = "Agent",
            RuntimeIdentifier = "linux-arm",
            Mode = "aot",
            ModeReason = "no code needs a larger mode",
            Optimize = "Size",
            Toolchain = "clang with lld",
            SdkVersion = "10.0.401",
        },
        Analysis = new ModeAdvice
        {
            WarningCount = 1,
            Warnings = [new AnalysisWarning("IL3050", "It needs code of run time", "Größe.cs", 3)],
            NextMode = "trimmed",
            AddedBytes = 7_000_000,
        },
        Payload = PlanSamples.Payload() with
        {
            Excluded = [new ExcludedFile("größe.pdb", 900, "symbols"), new ExcludedFile("b", 99, "x")],
            Symbols = [new SymbolFile(".build-id/ab/cd.debug", 5, "abcd")],
        },
        Needs = new ApplicationNeeds
        {
            CLibrary = new CLibraryNeed("glibc", IsStatic: true, null, []),
            Needs = [new Need(KnownNeeds.User, Certainty.Certain, [new Evidence(EvidenceSource.Mstat, "x")])],
            Libraries = [],
            BuiltIn = [],
            Refused = [],
            CultureUses = [],
        },
        Source = new SourceRevision
        {
            Origin = RevisionOrigin.Git,
            Commit = "0123456789abcdef0123456789abcdef01234567",
            CommitTime = PlanSamples.Time,
        },
        Image = new ImageFacts
        {
            Repository = "team/agent",
            Tags = ["1.0", "latest"],
            Digest = Digest.Of("image"u8),
            Platform = Platform.FromRuntimeIdentifier("linux-arm")!,
            Base = new BaseFacts("scratch", "the executable is static and needs no file of a base image"),
            User = "65532",
            Ports = [],
            Labels = new Dictionary<string, string>(),
            CompressedBytes = 1_234_567,
            UncompressedBytes = 2_500,
            Layers = [new LayerFacts("agent", Digest.Of("layer"u8), 7, 1)],
        },
        LinkCheck = new Verdict
        {
            Digest = Digest.Of("image"u8),
            Loaded = ["/app/agent"],
            NativeFiles = 2,
            Warnings = [new Problem("EDGE2006", "/app/größe.so", "It needs another library.")],
            Ignored = [],
        },
        Deliveries =
        [
            new Delivered("registry", ["ghcr.io/team/agent:1.0", "ghcr.io/team/agent:latest"], 9, "3 blobs sent"),
            new Delivered("archive", ["/out/a.tar"], 9, "oci archive"),
        ],
    };

    private static Facts WithTwin() => Facts() with
    {
        Debug = new DebugFacts
        {
            Image = Facts().Image with { Tags = ["1.0-debug"], Digest = Digest.Of("twin"u8), CompressedBytes = 3_800_000 },
            LinkCheck = Facts().LinkCheck,
            Deliveries = [new Delivered("registry", ["ghcr.io/team/agent:1.0-debug"], 5, "2 blobs sent")],
        },
    };
}
