using EdgeSlim.Diagnostics;
using NetArchTest.Rules;

namespace EdgeSlim.Tests.Diagnostics;

/// <summary>Which room may know which: dependencies point one way, down this list.</summary>
[TestClass]
public sealed class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Tasks"] = ["Inputs", "Modes", "Builds", "Results", "Deployment", "Reproduction", "Provenance", "Reporting", "Profiles", "Settings", "Trials", "Policy", "Scanning", "Sbom", "LinkChecks", "RootFileSystems", "Delivery", "Composition", "Bases", "Publishing", "Registry", "Git", "Syscalls", "Oci", "Elf", "Processes", "Diagnostics"],
        ["Inputs"] = ["Diagnostics"],
        ["Modes"] = ["Bases", "Publishing", "Processes", "Elf", "Diagnostics"],
        ["Reproduction"] = ["Builds", "RootFileSystems", "Publishing", "Git", "Oci", "Elf", "Processes", "Diagnostics"],
        ["Provenance"] = ["Sbom", "Bases", "RootFileSystems", "Publishing", "Git", "Oci", "Elf", "Processes", "Diagnostics"],
        ["Reporting"] = ["Modes", "Results", "Profiles", "Settings", "Trials", "Policy", "Scanning", "Sbom", "LinkChecks", "RootFileSystems", "Delivery", "Composition", "Bases", "Publishing", "Registry", "Git", "Oci", "Elf", "Processes", "Diagnostics"],
        ["Settings"] = ["Policy", "Publishing", "Oci", "Diagnostics"],
        ["Deployment"] = ["Settings", "Trials", "Delivery", "Composition", "Bases", "Publishing", "Registry", "Oci", "Processes", "Diagnostics"],
        ["Policy"] = ["Scanning", "LinkChecks", "Bases", "RootFileSystems", "Publishing", "Oci", "Elf", "Processes", "Diagnostics"],
        ["Scanning"] = ["Inputs", "Sbom", "Bases", "RootFileSystems", "Publishing", "Oci", "Elf", "Processes", "Diagnostics"],
        ["Sbom"] = ["Bases", "RootFileSystems", "Publishing", "Oci", "Elf", "Processes", "Diagnostics"],
        ["Profiles"] = ["Results", "Trials", "RootFileSystems", "Delivery", "Publishing", "Registry", "Syscalls", "Oci", "Elf", "Processes", "Diagnostics"],
        ["Trials"] = ["Elf", "RootFileSystems", "Delivery", "Publishing", "Syscalls", "Oci", "Processes", "Diagnostics"],
        ["LinkChecks"] = ["RootFileSystems", "Oci", "Elf", "Diagnostics"],
        ["Delivery"] = ["Bases", "RootFileSystems", "Publishing", "Registry", "Git", "Oci", "Elf", "Processes", "Diagnostics"],
        ["Results"] = ["Composition", "Oci", "Diagnostics"],
        ["Composition"] = ["Bases", "RootFileSystems", "Publishing", "Registry", "Git", "Oci", "Elf", "Processes", "Diagnostics"],
        ["Bases"] = ["RootFileSystems", "Registry", "Oci", "Elf", "Processes", "Diagnostics"],
        ["Builds"] = ["Processes", "Diagnostics"],
        ["Publishing"] = ["Oci", "Elf", "Processes", "Diagnostics"],
        ["Registry"] = ["Oci", "Elf", "Processes", "Diagnostics"],
        ["Git"] = ["Oci", "Elf", "Processes", "Diagnostics"],
        ["RootFileSystems"] = ["Oci", "Elf", "Diagnostics"],
        ["Oci"] = ["Diagnostics"],
        ["Elf"] = ["Diagnostics"],
        ["Processes"] = ["Diagnostics"],
        ["Syscalls"] = [],
        ["Diagnostics"] = [],
    };

    // Read once, since it takes long; and for one thread at a time, since its reader goes on reading while it is looked at.
    private static readonly Types Product = Types.InAssembly(typeof(DiagnosticCodes).Assembly);
    private static readonly Lock Reading = new();

    public static IEnumerable<string> Rooms => Allowed.Keys;

    [TestMethod]
    [DynamicData(nameof(Rooms))]
    public void A_room_knows_only_the_rooms_below_it(string room)
    {
        string[] others = [.. Rooms.Except(Allowed[room]).Where(r => r != room).Select(r => "EdgeSlim." + r)];
        lock (Reading)
        {
            Holds(In(room).ShouldNot().HaveDependencyOnAny(others));
        }
    }

    [TestMethod]
    public void Every_type_is_in_a_room()
    {
        string[] rooms = [.. typeof(DiagnosticCodes).Assembly.GetTypes()
            .Select(t => t.Namespace ?? "")
            .Where(n => n.StartsWith("EdgeSlim", StringComparison.Ordinal))
            .Select(n => n.Split('.').ElementAtOrDefault(1) ?? "")
            .Distinct()];
        CollectionAssert.AreEquivalent(Allowed.Keys, rooms);
    }

    [TestMethod]
    [DataRow("HdrHistogram", "Trials")]
    [DataRow("LibGit2Sharp", "Git")]
    [DataRow("ZstdSharp", "Oci")]
    [DataRow("k8s", "Deployment")]
    [DataRow("Microsoft.Build", "Tasks")]
    public void A_library_is_known_in_one_room_only(string library, string room)
    {
        lock (Reading)
        {
            Holds(Product.That().DoNotResideInNamespace("EdgeSlim." + room).ShouldNot().HaveDependencyOn(library));
            Assert.IsNotEmpty(In(room).And().HaveDependencyOn(library).GetTypes());
        }
    }

    [TestMethod]
    public void The_rule_sees_what_it_forbids()
    {
        lock (Reading)
        {
            Assert.IsFalse(In("Publishing").ShouldNot().HaveDependencyOn("EdgeSlim.Elf").GetResult().IsSuccessful);
        }
    }

    [TestMethod]
    public void Tasks_are_sealed_unless_they_are_there_to_be_inherited()
    {
        lock (Reading)
        {
            Holds(In("Tasks").And().AreClasses().And().AreNotAbstract().Should().BeSealed());
        }
    }

    private static PredicateList In(string room) => Product.That().ResideInNamespace("EdgeSlim." + room);

    private static void Holds(ConditionList rule)
    {
        NetArchTest.Rules.TestResult result = rule.GetResult();
        Assert.IsTrue(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }
}
