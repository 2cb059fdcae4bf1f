using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Reproduction;
using EdgeSlim.Tests.Composition;

namespace EdgeSlim.Tests.Reproduction;

[TestClass]
public sealed class ImageComparisonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public async Task Two_images_of_the_same_plan_are_the_same()
    {
        await ComposeAsync("one", [("agent", "binary")]);
        await ComposeAsync("other", [("agent", "binary")]);
        Assert.IsEmpty(Compare());
    }

    [TestMethod]
    public async Task A_file_is_named_with_the_first_byte_that_differs_and_before_what_follows_from_it()
    {
        await ComposeAsync("one", [("agent", "binary"), ("data/settings", "the time is 10:15")]);
        await ComposeAsync("other", [("agent", "binary"), ("data/settings", "the time is 10:17")]);
        Assert.AreEqual(new Difference("/app/data/settings", "its content, from byte 16 on"), Compare().Single());
    }

    [TestMethod]
    public async Task Files_that_one_image_lacks_are_named()
    {
        await ComposeAsync("one", [("agent", "binary"), ("a", "1")]);
        await ComposeAsync("other", [("agent", "binary"), ("b", "22")]);
        CollectionAssert.AreEqual(
            new[] { new Difference("/app/a", "only the first image has it"), new Difference("/app/b", "only the second image has it") }, Compare().ToArray());
    }

    [TestMethod]
    public async Task A_mode_and_a_time_are_named()
    {
        await ComposeAsync("one", [("agent", "binary")]);
        await ComposeAsync("other", [("agent", "binary")], p => p with
        {
            Layers = [.. p.Layers.Select(l => l.Name == "application"
                ? l with { Time = l.Time.AddSeconds(2), Entries = [.. l.Entries.Select(e => e.Path == "app/agent" ? e with { Mode = 0b111_111_101 } : e)] }
                : l)],
        });
        Assert.IsTrue(Compare().Any(d => d.Place == "/app/agent" && d.Detail.Contains("mode 755, and then 775; time ", StringComparison.Ordinal)), string.Join('\n', Compare()));
    }

    [TestMethod]
    public async Task A_field_of_the_configuration_is_named()
    {
        await ComposeAsync("one", [("agent", "binary")], p => p with { Config = p.Config with { Labels = Labels("1.0") } });
        await ComposeAsync("other", [("agent", "binary")], p => p with { Config = p.Config with { Labels = Labels("1.1") } });
        Assert.AreEqual(
            new Difference("""the configuration's field config.Labels["org.opencontainers.image.version"]""", "\"1.0\", and then \"1.1\""), Compare().Single());
    }

    [TestMethod]
    public async Task An_annotation_and_another_compression_are_named()
    {
        await ComposeAsync("one", [("agent", "binary")], p => p with { Annotations = new Dictionary<string, string> { ["built"] = "now" } });
        await ComposeAsync("other", [("agent", "binary")], p => p with { Layers = [.. p.Layers.Select(l => l with { Compression = LayerCompression.Zstd })] });
        string all = string.Join('\n', Compare());
        Assert.Contains("its files are the same, and it is compressed differently", all);
        Assert.Contains("the manifest's field annotations.built", all);
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public async Task Of_native_code_the_section_is_named_and_not_its_hash()
    {
        await Programs.RunAsync("gcc", "-o", _folder["one.out"], Source("one.c", "built 2026-01-01"), "-Wl,--build-id");
        await Programs.RunAsync("gcc", "-o", _folder["other.out"], Source("other.c", "built 2026-01-02"), "-Wl,--build-id");
        string detail = FileComparison.Describe(_folder["one.out"], _folder["other.out"]);
        Assert.StartsWith("the ELF section .rodata (", detail);
        Assert.Contains(" of it on)", detail);
        Assert.Contains(".note.gnu.build-id", detail);

        await Programs.RunAsync("gcc", "-o", _folder["other.out"], Source("other.c", "built on the second of January"), "-Wl,--build-id");
        Assert.Contains(" bytes, and then ", FileComparison.Describe(_folder["one.out"], _folder["other.out"]));
        await Programs.RunAsync("strip", _folder["other.out"]);
        Assert.StartsWith("the ELF section ", FileComparison.Describe(_folder["one.out"], _folder["other.out"]));
    }

    [TestMethod]
    public void What_only_begins_like_native_code_is_compared_by_its_bytes()
    {
        string one = _folder.Write("one", "\u007fELF and nothing more");
        string other = _folder.Write("other", "\u007fELF and nothing less");
        Assert.AreEqual("its content, from byte 17 on", FileComparison.Describe(one, other));
        Assert.AreEqual("its content, from byte 0 on (21 bytes, and then 0)", FileComparison.Describe(one, _folder.Write("empty", "")));
    }

    [TestMethod]
    public void A_layer_that_is_no_archive_is_a_damaged_layout()
    {
        using Registry.TestImage one = new("one");
        using Registry.TestImage other = new("two");
        LayerComparison comparison = new(one.Layout, other.Layout, _folder.Path);
        EdgeException error = Assert.ThrowsExactly<EdgeException>(
            () => comparison.Compare(one.Image.Manifest.Layers[0], other.Image.Manifest.Layers[0], 1, CancellationToken.None));
        Assert.AreEqual(DiagnosticCodes.LayoutDamaged, error.Code);
    }

    private static SortedDictionary<string, string> Labels(string version) => new() { ["org.opencontainers.image.version"] = version };

    private string Source(string name, string text) => _folder.Write(name, $$"""
        #include <stdio.h>
        int main(void) { puts("{{text}}"); return 0; }
        """);

    private async Task ComposeAsync(string name, (string Path, string Content)[] files, Func<ImagePlan, ImagePlan>? change = null)
    {
        using TemporaryFolder publish = new();
        ImagePlan plan = PlanSamples.Plan(PlanSamples.Payload(publish, files), tags: ["1.0"]);
        await new ImageComposer(_folder[name], _folder[name + ".lock"]).ComposeAsync(change?.Invoke(plan) ?? plan, CancellationToken.None);
    }

    private IReadOnlyList<Difference> Compare() =>
        new ImageComparison(new ImageLayout(_folder["one"]), new ImageLayout(_folder["other"]), _folder.Path).Compare(CancellationToken.None);
}
