using System.Formats.Tar;
using System.IO.Compression;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;
using static EdgeSlim.Tests.Composition.PlanSamples;

namespace EdgeSlim.Tests.Composition;

[TestClass]
public sealed class ApplicationLayersTests
{
    private const long Large = ApplicationLayers.LeastBytes;

    public TestContext TestContext { get; set; } = null!;

    private static PayloadFile[] OfEachKind { get; } =
    [
        Of("System.Private.CoreLib.dll", FileOrigin.Runtime, 10_000_000),
        Of("libcoreclr.so", FileOrigin.Runtime, 5_000_000),
        Of("Newtonsoft.Json.dll", FileOrigin.Package, 700_000),
        Of("wwwroot/app.js", FileOrigin.Content, 400_000),
        Of("appsettings.json", FileOrigin.Content, 200),
        Of("agent.dll", FileOrigin.Application, 5_000),
    ];

    [TestMethod]
    public void What_changes_most_is_on_top_and_each_file_is_in_one_layer()
    {
        LayerPlan[] layers = Layers(OfEachKind);
        Assert.AreEqual(
            "runtime: System.Private.CoreLib.dll libcoreclr.so|packages: Newtonsoft.Json.dll|"
            + "content: appsettings.json wwwroot/app.js|application: agent agent.dll",
            Text(layers));
        string[] files = [.. layers.SelectMany(l => l.Entries).Where(e => !e.IsFolder).Select(e => e.Path)];
        CollectionAssert.AllItemsAreUnique(files);
        Assert.HasCount(OfEachKind.Length + 1, files);
    }

    [TestMethod]
    public void Each_layer_says_of_its_folders_what_the_others_do()
    {
        foreach (LayerPlan layer in Layers([.. OfEachKind, Of("/tmp/data", FileOrigin.Content, Large)]))
        {
            string[] paths = [.. layer.Entries.Select(e => e.Path)];
            Assert.AreEqual("app", paths[0]);
            foreach (string file in layer.Entries.Where(e => !e.IsFolder).Select(e => e.Path))
            {
                CollectionAssert.IsSubsetOf(LayerFiles.FoldersAbove(file).ToArray(), paths);
            }

            Assert.AreEqual(
                layer.Name == "content" ? 0b001_111_111_111 : 0, layer.Entries.FirstOrDefault(e => e.Path == "tmp")?.Mode ?? 0);
        }
    }

    [TestMethod]
    public void One_file_is_one_layer_and_so_is_what_is_small() => Assert.AreEqual(
        "application: agent|application: agent appsettings.json libsmall.so",
        Text(Layers()) + "|" + Text(Layers(Of("appsettings.json", FileOrigin.Content, 900), Of("libsmall.so", FileOrigin.Package, Large - 1))));

    [TestMethod]
    public void A_native_library_of_a_package_is_not_sent_with_each_build_of_an_executable() => Assert.AreEqual(
        "packages: libe_sqlite3.so|application: agent", Text(Layers(Of("libe_sqlite3.so", FileOrigin.Package, Large))));

    [TestMethod]
    public void Single_is_one_layer() => Assert.HasCount(
        1, Plan(Payload(OfEachKind), Options() with { Layering = Layering.Single }).Layers.Skip(1));

    [TestMethod]
    public void A_named_layer_has_the_files_that_name_it_however_small()
    {
        LayerPlan[] layers = Layers(
        [
            .. OfEachKind,
            Of("model.bin", FileOrigin.Content, 10) with { Layer = "models" },
            Of("Big.dll", FileOrigin.Package, Large) with { Layer = "application" },
            Of("rules.json", FileOrigin.Content, 1) with { Layer = "packages" },
        ]);
        Assert.AreEqual("runtime packages models content application", string.Join(' ', layers.Select(l => l.Name)));
        Assert.AreEqual("app/model.bin", layers[2].Entries[^1].Path);
        Assert.IsTrue(layers[4].Entries.Any(e => e.Path == "app/Big.dll"));
        Assert.IsTrue(layers[1].Entries.Any(e => e.Path == "app/rules.json"));
    }

    [TestMethod]
    public void A_layer_that_all_files_are_taken_from_is_not_there() => Assert.AreEqual(
        "all: agent", Text([.. Plan(new Payload { Files = [FileAt("agent") with { Layer = "all" }], Excluded = [], Symbols = [] }).Layers.Skip(1)]));

    [TestMethod]
    public void There_are_at_most_ten()
    {
        PayloadFile[] named = [.. Enumerable.Range(0, 6).Select(i => Of($"{i}.bin", FileOrigin.Content, 1) with { Layer = $"part {i}" })];
        Assert.HasCount(10, Plan(Payload([.. OfEachKind, .. named.Take(5)])).Layers);
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => Plan(Payload([.. OfEachKind, .. named])));
        Assert.AreEqual(DiagnosticCodes.TooManyLayers, e.Code);
        Assert.Contains("part 0, part 1", e.Message);
    }

    [TestMethod]
    [DataRow("models", true)]
    [DataRow("AI models 1.0_b-c", true)]
    [DataRow("", true)]
    [DataRow(" x", false)]
    [DataRow("a/b", false)]
    [DataRow("a\nb", false)]
    [DataRow("größe", false)]
    public void Names_of_layers_are_plain(string name, bool isValid)
    {
        if (isValid)
        {
            Assert.AreEqual(name.Length == 0 ? null : name, FileOrigins.LayerName("x", name));
            return;
        }

        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => FileOrigins.LayerName("file.bin", name));
        Assert.AreEqual(DiagnosticCodes.InvalidLayerName, e.Code);
        Assert.Contains("file.bin", e.Message);
    }

    [TestMethod]
    [DataRow("Agent", FileOrigin.Application)]
    [DataRow("Agent.dll", FileOrigin.Application)]
    [DataRow("de/Agent.resources.dll", FileOrigin.Application)]
    [DataRow("Agent.deps.json", FileOrigin.Application)]
    [DataRow("Agent.runtimeconfig.json", FileOrigin.Application)]
    [DataRow("appsettings.json", FileOrigin.Content)]
    [DataRow("libmine.so", FileOrigin.Content)]
    public void What_the_publish_does_not_say_is_told_by_the_name(string path, FileOrigin expected) =>
        Assert.AreEqual(expected, FileOrigins.OfName(path, "Agent"));

    [TestMethod]
    public void A_new_commit_changes_the_application_alone()
    {
        using var folder = new TemporaryFolder();
        PayloadFile[] files = [.. OfEachKind.Select(f => OnDisk(folder, f))];
        Digest[] before = DiffIds(files, Time);
        Digest[] after = DiffIds(files, Time.AddDays(1));
        CollectionAssert.AreEqual(before[..3], after[..3]);
        Assert.AreNotEqual(before[3], after[3]);
    }

    [TestMethod]
    public void Content_has_times_that_tell_it_from_other_content()
    {
        using var folder = new TemporaryFolder();
        DateTimeOffset TimeOf(string content)
        {
            string file = folder.Write("page.html", content);
            PayloadFile page = Of("page.html", FileOrigin.Content, 4) with { Source = file, Layer = "pages" };
            LayerPlan layer = Plan(Payload(page)).Layers[1];
            using var archive = new MemoryStream();
            LayerWriter.Write(layer, archive, TestContext.CancellationToken);
            archive.Position = 0;
            using var tar = new TarReader(new GZipStream(archive, CompressionMode.Decompress));
            tar.GetNextEntry();
            TarEntry entry = tar.GetNextEntry()!;
            using var text = new StreamReader(entry.DataStream!);
            Assert.AreEqual(content, text.ReadToEnd());
            return entry.ModificationTime;
        }

        Assert.AreEqual(TimeOf("one!"), TimeOf("one!"));
        Assert.AreNotEqual(TimeOf("one!"), TimeOf("two!"));
        Assert.IsLessThan(new DateTimeOffset(2005, 1, 1, 0, 0, 0, TimeSpan.Zero), TimeOf("two!"));
    }

    [TestMethod]
    [DataRow(CompressionFormat.Gzip, CompressionEffort.Auto, 64 << 20, LayerCompression.Best)]
    [DataRow(CompressionFormat.Gzip, CompressionEffort.Auto, (64 << 20) + 1, LayerCompression.Fast)]
    [DataRow(CompressionFormat.Gzip, CompressionEffort.Best, (64 << 20) + 1, LayerCompression.Best)]
    [DataRow(CompressionFormat.Gzip, CompressionEffort.Fast, 1, LayerCompression.Fast)]
    [DataRow(CompressionFormat.Zstd, CompressionEffort.Auto, (64 << 20) + 1, LayerCompression.Zstd)]
    [DataRow(CompressionFormat.Zstd, CompressionEffort.Fast, 1, LayerCompression.FastZstd)]
    public void The_compression_follows_from_the_settings_and_the_size(
        CompressionFormat format, CompressionEffort effort, int bytes, LayerCompression expected) => Assert.AreEqual(
            expected, (Options() with { Compression = format, Effort = effort }).CompressionOf(bytes));

    [TestMethod]
    public void With_zstd_all_layers_are_zstd() => Assert.AreEqual(
        "Zstd Zstd", string.Join(' ', Plan(Payload(), Options() with { Compression = CompressionFormat.Zstd }).Layers.Select(l => l.Compression)));

    private static PayloadFile Of(string target, FileOrigin origin, long size) => FileAt(target) with { Origin = origin, Size = size };

    private static PayloadFile OnDisk(TemporaryFolder folder, PayloadFile file)
    {
        string path = folder.Write(file.TargetPath, "");
        using FileStream stream = File.OpenWrite(path);
        stream.SetLength(file.Size);
        return file with { Source = path };
    }

    private Digest[] DiffIds(PayloadFile[] files, DateTimeOffset time) =>
    [
        .. ImagePlanner.Plan(Options(), new Payload { Files = files, Excluded = [], Symbols = [] }, Base(), "", [], time, new RecordingSink())
            .Layers.Select(l => LayerWriter.Hash(l, TestContext.CancellationToken)),
    ];

    private static LayerPlan[] Layers(params PayloadFile[] files) => [.. Plan(Payload(files)).Layers.Skip(1)];

    private static string Text(LayerPlan[] layers) => string.Join('|', layers.Select(l =>
        $"{l.Name}: {string.Join(' ', l.Entries.Where(e => !e.IsFolder).Select(e => e.Path["app/".Length..]))}"));
}
