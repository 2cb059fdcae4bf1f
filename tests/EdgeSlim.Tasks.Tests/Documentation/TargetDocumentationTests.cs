namespace EdgeSlim.Tests.Documentation;

[TestClass]
public sealed class TargetDocumentationTests
{
    private static IEnumerable<string> Documented =>
        RepositoryFiles.Titles(RepositoryFiles.Read("docs/targets.md"), 2)
            .Where(t => t.StartsWith("Edge", StringComparison.Ordinal));

    [TestMethod]
    public void Each_public_target_has_a_section()
    {
        Assert.IsNotEmpty(PublicNames.Targets);
        Found.Nothing(PublicNames.Targets.Except(Documented));
    }

    [TestMethod]
    public void Each_section_is_of_a_target_that_exists() =>
        Found.Nothing(Documented.Except(PublicNames.Targets));
}
