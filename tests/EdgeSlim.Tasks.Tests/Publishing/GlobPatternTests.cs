using EdgeSlim.Publishing;

namespace EdgeSlim.Tests.Publishing;

[TestClass]
public sealed class GlobPatternTests
{
    [TestMethod]
    [DataRow("app.pdb", "app.pdb", true)]
    [DataRow("app.pdb", "app_pdb", false)]
    [DataRow("app.pdb", "sub/app.pdb", false)]
    [DataRow("*.pdb", "app.pdb", true)]
    [DataRow("*.pdb", ".pdb", true)]
    [DataRow("*.pdb", "sub/app.pdb", false)]
    [DataRow("*.pdb", "app.pdb2", false)]
    [DataRow("?.txt", "a.txt", true)]
    [DataRow("?.txt", "ab.txt", false)]
    [DataRow("a?b", "a/b", false)]
    [DataRow("**/*.pdb", "app.pdb", true)]
    [DataRow("**/*.pdb", "a/b/app.pdb", true)]
    [DataRow("a/**", "a/b/c", true)]
    [DataRow("a/**", "a", false)]
    [DataRow("a/**", "ab/c", false)]
    [DataRow("a/**/c", "a/c", true)]
    [DataRow("a/**/c", "a/b/b/c", true)]
    [DataRow("a/**/c", "a/bc", false)]
    [DataRow("**", "any/thing", true)]
    [DataRow(@"runtimes\**\*.dll", "runtimes/win/a.dll", true)]
    [DataRow("a+b(1)[2]{3}^$.txt", "a+b(1)[2]{3}^$.txt", true)]
    [DataRow("App.pdb", "app.pdb", false)]
    [DataRow("größe/*", "größe/日本", true)]
    [DataRow("a.txt", "a.txt\n", false)]
    [DataRow("**/b", "a\nc/b", true)]
    [DataRow("", "", true)]
    [DataRow("", "a", false)]
    public void A_path_matches_a_pattern(string pattern, string path, bool matches) =>
        Assert.AreEqual(matches, new GlobPattern(pattern).IsMatch(path));

    [TestMethod]
    public void A_hostile_pattern_does_not_backtrack_for_ever() =>
        Assert.IsFalse(new GlobPattern(string.Concat(Enumerable.Repeat("*a", 30)) + "b").IsMatch(new string('a', 5_000)));
}
