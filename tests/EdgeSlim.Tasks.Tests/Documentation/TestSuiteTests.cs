using System.Text.RegularExpressions;

namespace EdgeSlim.Tests;

/// <summary>What keeps the suite fast and reliable, read from its own sources.</summary>
[TestClass]
public sealed partial class TestSuiteTests
{
    private static readonly (string Name, string Text)[] Sources =
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.EndsWith("TestSuiteTests.cs", StringComparison.Ordinal))
            .Select(f => (Path.GetRelativePath(Repository.Root, f), File.ReadAllText(f))),
    ];

    [TestMethod]
    public void The_tests_that_measure_run_alone_and_no_others_do()
    {
        string[] alone = [.. Sources.Where(s => s.Text.Contains("[DoNotParallelize]", StringComparison.Ordinal)).Select(s => s.Name)];
        string[] measure = [.. Sources.Where(s => s.Text.Contains("[TestCategory(TestKinds.Measure)]", StringComparison.Ordinal)).Select(s => s.Name)];

        Assert.IsNotEmpty(alone);
        CollectionAssert.AreEquivalent(measure, alone);

        // ./test runs them after all others, and of these projects only.
        string projects = string.Join(' ', alone.Select(n => n.Split('/')[1].Split('.')[1]).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains($"for project in {projects}; do\n    run_project \"$project\" \"$filter${{filter:+&}}TestCategory=Measure\"", File.ReadAllText(Path.Combine(Repository.Root, "test")));
    }

    [TestMethod]
    public void Each_package_that_a_test_asks_for_is_listed_once_with_a_reason()
    {
        string[][] listed =
        [
            .. File.ReadAllLines(Path.Combine(Repository.Root, "eng/test-packages.txt"))
                .Where(l => l.Length > 0 && l[0] != '#')
                .Select(l => l.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        ];
        Assert.IsTrue(listed.All(l => l.Length == 3), "A line has no reason.");
        CollectionAssert.AllItemsAreUnique(listed.Select(l => l[1]).ToArray());

        // The toolchain is what every user needs: eng/prerequisites.sh installs it.
        string prerequisites = File.ReadAllText(Path.Combine(Repository.Root, "eng/prerequisites.sh"));
        string[] missing =
        [
            .. Sources.SelectMany(s => Required().Matches(s.Text)).Select(m => m.Groups["package"].Value).Distinct()
                .Where(p => listed.All(l => l[1] != p) && !prerequisites.Contains($"={p}", StringComparison.Ordinal) && !prerequisites.Contains($"require_{p}", StringComparison.Ordinal)),
        ];
        Assert.IsEmpty(missing, string.Join(", ", missing));
    }

    [GeneratedRegex("""Command\.Require\([^;]*?, "(?<package>[a-z0-9.+-]+)"\)""")]
    private static partial Regex Required();
}
