using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace EdgeSlim.Tests.Settings;

/// <summary>The source file that applications are compiled with, in the hosts that they have.</summary>
[TestClass]
public sealed class EdgeConfigurationTests
{
    private readonly ConcurrentQueue<string> _said = new();

    public static IEnumerable<object[]> Hosts =>
    [
        [(string[] arguments) => (IHostApplicationBuilder)Host.CreateApplicationBuilder(arguments)],
        [(string[] arguments) => (IHostApplicationBuilder)WebApplication.CreateBuilder(arguments)],
        [(string[] arguments) => (IHostApplicationBuilder)WebApplication.CreateSlimBuilder(arguments)],
    ];

    [TestMethod]
    [DynamicData(nameof(Hosts))]
    public void A_file_is_below_the_environment_and_that_below_arguments_and_above_what_the_application_brings(
        Func<string[], IHostApplicationBuilder> create)
    {
        using MountedFolder folder = new();
        folder.Update(("appsettings.json", """{ "A": "file", "EdgeSlimTestB": "file", "EdgeSlimTestC": "file", "Brought": "file" }"""));
        Environment.SetEnvironmentVariable("EdgeSlimTestB", "environment");
        Environment.SetEnvironmentVariable("EdgeSlimTestC", "environment");
        IHostApplicationBuilder builder = create(["--EdgeSlimTestC=argument"]);
        using TemporaryFolder brought = new();
        builder.Configuration.Sources.Insert(0, new ConfigurationBuilder().AddJsonFile(brought.Write("x.json", """{ "Brought": "image" }""")).Sources[0]);
        builder.Configuration.AddEdgeConfiguration(folder.Path, _said.Enqueue);
        builder.Configuration.AddBelowEnvironment(Memory(("A", "centre"), ("EdgeSlimTestB", "centre")));

        IConfiguration seen = builder.Configuration;
        Assert.AreEqual("centre", seen["A"]);
        Assert.AreEqual("environment", seen["EdgeSlimTestB"]);
        Assert.AreEqual("argument", seen["EdgeSlimTestC"]);
        Assert.AreEqual("file", seen["Brought"]);
    }

    [TestMethod]
    public void Files_are_read_in_their_order_and_those_of_other_environments_are_not()
    {
        using MountedFolder folder = new();
        folder.Update(
            ("appsettings.json", """{ "A": "1", "B": "1", "C": "1" }"""),
            ("appsettings.Production.json", """{ "B": "2", "C": "2" }"""),
            ("appsettings.Staging.json", """{ "A": "staging" }"""),
            ("Site.json", """{ "C": "3", "D": [ "x" ] }"""),
            ("notes.txt", "no settings"));
        ConfigurationManager seen = new();
        seen.AddEdgeConfiguration(folder.Path, _said.Enqueue);

        Assert.AreEqual("1 2 3 x", $"{seen["A"]} {seen["B"]} {seen["C"]} {seen["D:0"]}");
    }

    [TestMethod]
    [TestCategory(TestKinds.Long)]
    public void A_change_is_seen_and_what_is_broken_changes_nothing_but_is_said()
    {
        using MountedFolder folder = new();
        folder.Update(("appsettings.json", """{ "A": "1" }"""));
        ConfigurationManager seen = new();
        seen.AddEdgeConfiguration(folder.Path, _said.Enqueue);
        int reloads = 0;
        using IDisposable onChange = Microsoft.Extensions.Primitives.ChangeToken.OnChange(
            ((IConfiguration)seen).GetReloadToken, () => Interlocked.Increment(ref reloads));

        folder.Update(("appsettings.json", """{ "A": "2" }"""));
        Becomes(() => seen["A"] == "2" && reloads > 0);
        Assert.AreEqual(1, reloads);

        folder.Update(("appsettings.json", """{ "A": "3" """));
        Becomes(() => !_said.IsEmpty);
        Assert.AreEqual("2", seen["A"]);
        Assert.Contains("appsettings.json", _said.Single());

        folder.Update(("appsettings.json", """{ "A": "4" }"""), ("new.json", "{"));
        Becomes(() => seen["A"] == "4" && _said.Count == 2);

        folder.Update(("appsettings.json", """{ "A": "4" }"""), ("new.json", """{ "A": "5" }"""));
        Becomes(() => seen["A"] == "5");
        Assert.HasCount(2, _said);

        File.Delete(Path.Combine(folder.Path, "new.json"));
        Becomes(() => seen["A"] == "4");
    }

    [TestMethod]
    public void A_folder_need_not_be_there_and_may_come()
    {
        using TemporaryFolder folder = new();
        ConfigurationManager seen = new();
        seen.AddEdgeConfiguration(folder["config"], _said.Enqueue);
        Assert.IsNull(seen["A"]);

        folder.Write("config/appsettings.json", """{ "A": "1" }""");
        Becomes(() => seen["A"] == "1");
        Assert.IsEmpty(_said);
    }

    [TestMethod]
    public void An_application_does_not_start_with_what_it_cannot_read()
    {
        using TemporaryFolder folder = new();
        folder.Write("appsettings.json", "{");

        InvalidDataException e = Assert.ThrowsExactly<InvalidDataException>(
            () => new ConfigurationManager().AddEdgeConfiguration(folder.Path, _said.Enqueue));
        Assert.Contains(folder["appsettings.json"], e.Message);
    }

    private static void Becomes(Func<bool> condition) => Assert.IsTrue(Wait.Until(condition));

    private static Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource Memory(params (string Key, string Value)[] data) =>
        new() { InitialData = data.ToDictionary(d => d.Key, d => (string?)d.Value) };
}
