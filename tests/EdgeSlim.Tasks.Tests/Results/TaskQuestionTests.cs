using System.Reflection;
using EdgeSlim.Results;
using EdgeSlim.Scanning;
using EdgeSlim.Tasks;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace EdgeSlim.Tests.Results;

/// <summary>All that an answer depends on is a part of the question.</summary>
[TestClass]
public sealed class TaskQuestionTests
{
    private static readonly string[] NotOfTheTrial =
        ["HistoryFile", "Image", "IsAgain", "JUnitFile", "LayoutFolder", "MemoryFile", "ObservationFile", "PackagesKey", "ProjectFolder", "ResultFile", "ResultsFolder", "SourceFile", "Trial"];

    private static readonly string[] NotOfTheScan =
        ["InventoryFile", "IsRequired", "IsScanned", "LayoutFolder", "ResultsFolder", "SbomFile", "ScanFile", "Timeout"];

    public static IEnumerable<object[]> Parameters =>
        new[] { typeof(TryImage), typeof(ScanImage) }
            .SelectMany(t => t.GetProperties().Where(p => p.CanWrite && typeof(EdgeTask).IsAssignableFrom(p.DeclaringType) && p.GetCustomAttribute<OutputAttribute>() is null).Select(p => new object[] { t, p.Name }));

    [TestMethod]
    [DynamicData(nameof(Parameters))]
    public void Each_parameter_is_asked_but_for_those_that_change_no_answer(Type type, string name)
    {
        using EdgeTask task = (EdgeTask)Activator.CreateInstance(type)!;
        Question before = TaskQuestion.Of(task, "x", []);
        PropertyInfo parameter = type.GetProperty(name)!;
        parameter.SetValue(task, Other(parameter.PropertyType));

        bool isAsked = before != TaskQuestion.Of(task, "x", []);
        Assert.AreEqual(!(type == typeof(TryImage) ? NotOfTheTrial : NotOfTheScan).Contains(name), isAsked);
    }

    [TestMethod]
    public void Metadata_and_what_else_is_given_are_asked_too()
    {
        using TryImage task = new();
        HashSet<Question> questions = [TaskQuestion.Of(task, "x", []), TaskQuestion.Of(task, "y", []), TaskQuestion.Of(task, "x", ["more"])];
        foreach ((string variable, string value) in new[] { ("A", "1"), ("A", "2"), ("B", "1") })
        {
            TaskItem item = new(variable);
            item.SetMetadata("Value", value);
            task.EnvironmentVariables = [item];
            questions.Add(TaskQuestion.Of(task, "x", []));
        }

        Assert.HasCount(6, questions);
    }

    [TestMethod]
    public void A_scanner_is_asked_again_when_its_program_its_database_its_variables_or_the_day_change()
    {
        using TemporaryFolder folder = new();
        string program = folder.Write("trivy", "1");
        string database = folder["cache"];
        Dictionary<string, string> environment = new() { ["PATH"] = "/bin" };
        var day = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        HashSet<string> states = [];
        string Read(string at, DateTime time) => string.Join('\n', ScannerState.Read(program, at, environment, time));

        Assert.IsTrue(states.Add(Read(database, day)));
        Assert.IsFalse(states.Add(Read(database, day.AddDays(1))));
        folder.Write("cache/fanal/fanal.db", "what it has looked at");
        Assert.IsFalse(states.Add(Read(database, day)));
        folder.Write("cache/db/metadata.json", "{}");
        Assert.IsTrue(states.Add(Read(database, day)));
        folder.Write("cache/6/import.json", "{}");
        Assert.IsTrue(states.Add(Read(database, day)));
        File.SetLastWriteTimeUtc(folder["cache/db/metadata.json"], day.AddYears(-1));
        Assert.IsTrue(states.Add(Read(database, day)), "an older database is another one");
        folder.Write("trivy", "22");
        Assert.IsTrue(states.Add(Read(database, day)));
        environment["TRIVY_IGNORE_UNFIXED"] = "true";
        Assert.IsTrue(states.Add(Read(database, day)));
        environment["PATH"] = "/usr/bin";
        Assert.IsFalse(states.Add(Read(database, day)));

        Assert.IsTrue(states.Add(Read("", day)));
        Assert.IsFalse(states.Add(Read("", day.AddHours(2))));
        Assert.IsTrue(states.Add(Read("", day.AddDays(1))));
    }

    private static object Other(Type type) =>
        type == typeof(string) ? "other"
        : type == typeof(bool) ? true
        : type == typeof(string[]) ? new[] { "other" }
        : type == typeof(ITaskItem[]) ? new ITaskItem[] { new TaskItem("other") }
        : throw new NotSupportedException(type.Name);
}
