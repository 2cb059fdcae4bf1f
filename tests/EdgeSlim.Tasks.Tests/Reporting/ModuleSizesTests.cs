using EdgeSlim.Reporting;
using EdgeSlim.Reporting.Modules;
using EdgeSlim.Reporting.Reasons;
using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Tests.Reporting;

[TestClass]
public sealed class ModuleSizesTests
{
    private static readonly ModuleFacts[] Modules = [new("log_collector", true, [], []), new("sampler", true, [], []), new("off", false, [], [])];

    [TestMethod]
    public void A_module_brings_what_nothing_else_reaches()
    {
        AssemblyReferences[] assemblies =
        [
            App(
                Use("Program", "App", "App.Log.Collector", "LogCollector"),
                Use("Program", "App", "App.Sampler", "Sampler"),
                Use("Program", "Hosting", "Hosting.Host"),
                // What is off is not in the image, and takes nothing from the one that is on.
                Use("Program", "App", "App.Off", "Off"),
                Use("App.Off", "Zip", "Zip.Stream"),
                Use("App.Log.Collector", "Zip", "Zip.Stream"),
                Use("App.Log.Collector", "App", "App.Log.Line"),
                Use("App.Log.Collector", "Http", "Http.Client"),
                Use("App.Sampler", "Http", "Http.Client")),
            Other("Zip", "Checksums", "Texts"),
            Other("Hosting", "Texts"),
        ];
        SizeNode map = Node("image", SizeKinds.Image,
            Node("App", SizeKinds.Assembly,
                Node("App.Log", SizeKinds.Space, Leaf("Collector", SizeKinds.Type, 10), Leaf("Collector/<Run>d__0", SizeKinds.Type, 5), Leaf("CollectorOptions", SizeKinds.Type, 9), Leaf("Line", SizeKinds.Type, 3)),
                Node("App", SizeKinds.Space, Leaf("Sampler", SizeKinds.Type, 7))),
            Leaf("Zip", SizeKinds.Assembly, 100), Leaf("Checksums", SizeKinds.Assembly, 20), Leaf("Texts", SizeKinds.Assembly, 400),
            Leaf("Http", SizeKinds.Assembly, 1000), Leaf("Hosting", SizeKinds.Assembly, 50));

        IReadOnlyList<ModuleSize> sizes = ModuleSizes.Of(map, Modules, "App", assemblies)!;

        CollectionAssert.AreEqual(
            new[] { "Zip 100", "Checksums 20", "App.Log.Collector 15", "App.Log.Line 3" },
            sizes[0].Parts.Select(p => $"{p.Name} {p.Bytes}").ToArray());
        Assert.AreEqual(138, sizes[0].Bytes);
        // Both modules use Http, so that without one of them it is still there.
        Assert.AreEqual(7, sizes[1].Bytes);
        Assert.AreEqual(new ModuleSize("off", false, 0, sizes[2].Parts), sizes[2]);
        Assert.IsEmpty(sizes[2].Parts);
    }

    [TestMethod]
    public void What_a_switch_guards_is_read_from_the_code()
    {
        AssemblyReferences read = AssemblyReferences.TryRead(typeof(ModuleSizesTests).Assembly.Location, withUses: true)!;
        string user = typeof(Guarded).FullName!.Split('+')[0];
        Dictionary<string, string?> guards = read.Uses!
            .Where(u => u.User == user && u.Used.StartsWith("System.Text.", StringComparison.Ordinal))
            .GroupBy(u => u.Used)
            .ToDictionary(g => g.Key, g => g.Any(u => u.Module is null) ? null : g.First().Module);
        Assert.AreEqual("LogCollector", guards["System.Text.StringBuilder"]);
        Assert.AreEqual("Sampler", guards["System.Text.UTF8Encoding"]);
        Assert.IsNull(guards["System.Text.Rune"]);
        Assert.IsTrue(read.UsersOf("EdgeSlim.Tasks").Contains(nameof(ModuleSizesTests)));
        Assert.IsNull(AssemblyReferences.TryRead("/gone", withUses: true));
    }

    private static AssemblyReferences App(params CodeUse[] uses) =>
        new() { Name = "App", References = ["Zip", "Http", "Hosting"], Uses = uses, Entry = "Program" };

    private static AssemblyReferences Other(string name, params string[] references) => new() { Name = name, References = references };

    private static CodeUse Use(string user, string assembly, string used, string? module = null) => new(user, assembly, used, module);

    private static SizeNode Leaf(string name, string kind, long bytes) => new() { Name = name, Kind = kind, Bytes = bytes };

    private static SizeNode Node(string name, string kind, params SizeNode[] parts) =>
        new() { Name = name, Kind = kind, Bytes = parts.Sum(p => p.Bytes), Children = parts };
}

/// <summary>Code as an application with modules has it.</summary>
internal static class Guarded
{
    public static int Run()
    {
        int length = 0;
        if (EdgeModules.LogCollector)
        {
            length += new System.Text.StringBuilder("log").Length;
        }

        if (EdgeModules.Sampler && length == 0)
        {
            length += new System.Text.UTF8Encoding().GetByteCount("sampler");
        }

        return length + System.Text.Rune.GetRuneAt("a", 0).Value;
    }
}
