using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing.Modules;

namespace EdgeSlim.Tests.Publishing.Modules;

[TestClass]
public sealed class ModuleSelectionTests
{
    private static readonly EdgeModule Monitor = new(ModuleName.Parse("monitor"), true) { Packages = ["Shared"] };
    private static readonly EdgeModule Collector = new(ModuleName.Parse("log_collector"), true) { Packages = ["Zstd", "shared"] };
    private static readonly EdgeModule Sampler = new(ModuleName.Parse("trace-sampler"), false) { Requires = ["monitor"] };

    [TestMethod]
    public void Items_alone_say_which_are_on() =>
        Assert.AreEqual("log_collector+ monitor+ trace-sampler-", Decide([Monitor, Collector, Sampler]));

    [TestMethod]
    public void A_file_alone_declares_modules() =>
        Assert.AreEqual("a+ b-", Decide([], [Switch("b", false), Switch("a", true)]));

    [TestMethod]
    public void The_file_wins_over_the_items_and_the_property_over_both()
    {
        ModuleSwitch[] file = [Switch("monitor", false), Switch("log_collector", false)];
        Assert.AreEqual("log_collector- monitor- trace-sampler-", Decide([Monitor, Collector, Sampler], file));
        Assert.AreEqual("log_collector- monitor+ trace-sampler+", Decide([Monitor, Collector, Sampler], file, "monitor", "trace-sampler"));
        Assert.AreEqual("log_collector- monitor- trace-sampler-", ModulesText(ModuleSelection.Decide([Monitor, Collector, Sampler], [], [])));
    }

    [TestMethod]
    public void A_name_that_there_is_not_is_said_with_those_that_there_are()
    {
        Assert.Contains("There is no module 'monitr', which EdgeModules names. There are: log_collector, monitor.", Fails(DiagnosticCodes.UnknownModule, [Monitor, Collector], [], "monitr").Message);
        EdgeException inFile = Fails(DiagnosticCodes.UnknownModule, [Monitor], [Switch("montor", true)]);
        Assert.AreEqual(new SourceLocation("site.json", 3, 5), inFile.Location);
        Assert.Contains("'Requires' of the module 'trace-sampler'", Fails(DiagnosticCodes.UnknownModule, [Sampler], []).Message);
        Fails(DiagnosticCodes.UnknownModule, [], [], "monitor");
    }

    [TestMethod]
    public void A_module_that_is_off_cannot_be_required_by_one_that_is_on()
    {
        EdgeException e = Fails(DiagnosticCodes.ModuleRequired, [Monitor, Sampler], [], "trace-sampler");
        Assert.Contains("'monitor' is off, and the module 'trace-sampler'", e.Message);
        Decide([Monitor, Sampler], [Switch("monitor", false)]);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("9lives")]
    [DataRow("a b")]
    [DataRow("über")]
    [DataRow("_a")]
    [DataRow("a__b")]
    [DataRow("a;b")]
    public void What_makes_no_name_in_code_is_refused(string name) =>
        Assert.AreEqual(DiagnosticCodes.InvalidModuleName, Assert.ThrowsExactly<EdgeException>(() => ModuleName.Parse(name)).Code);

    [TestMethod]
    public void Two_names_that_are_one_in_code_are_refused() => Fails(
        DiagnosticCodes.InvalidModuleName, [Collector, new EdgeModule(ModuleName.Parse("logCollector"), true)], []);

    [TestMethod]
    public void Packages_of_modules_that_are_off_are_unused_unless_another_module_has_them() =>
        Assert.AreEqual("Zstd", string.Join(' ', ModuleSelection.UnusedPackages([Monitor, Collector with { IsEnabled = false }])));

    [TestMethod]
    public void A_name_is_written_as_code_writes_it()
    {
        ModuleName name = ModuleName.Parse("log_collector.v2-beta");
        Assert.AreEqual("LogCollectorV2Beta", name.Property);
        Assert.AreEqual("EdgeModules.LogCollectorV2Beta", name.Switch);
        Assert.AreEqual("EDGE_MODULE_LOG_COLLECTOR_V2_BETA", name.Constant);
    }

    private static ModuleSwitch Switch(string name, bool isEnabled) => new(name, isEnabled, new SourceLocation("site.json", 3, 5));

    private static string Decide(EdgeModule[] declared, ModuleSwitch[]? switches = null, params string[] chosen) =>
        ModulesText(ModuleSelection.Decide(declared, switches ?? [], chosen.Length == 0 ? null : chosen));

    private static string ModulesText(IReadOnlyList<EdgeModule> modules) =>
        string.Join(' ', modules.Select(m => $"{m.Name}{(m.IsEnabled ? '+' : '-')}"));

    private static EdgeException Fails(string code, EdgeModule[] declared, ModuleSwitch[] switches, params string[] chosen)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => Decide(declared, switches, chosen));
        Assert.AreEqual(code, e.Code);
        return e;
    }
}
