using EdgeSlim.Diagnostics;
using EdgeSlim.Git;

namespace EdgeSlim.Tests.Git;

[TestClass]
public sealed class ImageTagsTests
{
    private static readonly SourceRevision Revision = new() { Origin = RevisionOrigin.Git, Commit = "0123456789abcdef" };

    [TestMethod]
    [DataRow("{commit};{version}", "stable", "0123456789ab,1.0,stable")]
    [DataRow("{version};{commit}", "1.0;0123456789ab;x", "1.0,0123456789ab,x")]
    [DataRow(" {commit} ; ;", " a ;;A", "0123456789ab,a,A")]
    [DataRow("{branch};{commit}", "", "0123456789ab")]
    [DataRow("{branch}", "given", "given")]
    [DataRow("{branch};{date}", "", "latest")]
    [DataRow("", "", "latest")]
    public void Tags_are_listed_once_and_in_order(string templates, string given, string expected) =>
        Assert.AreEqual(
            expected,
            string.Join(',', ImageTags.Resolve(templates.Split(';'), given.Split(';'), Revision, "1.0")));

    [TestMethod]
    [DataRow("{commit};{version};{branch}-{commit:8}", false, "0123456789ab")]
    [DataRow("{version}-{commit:8};{commit};{commit}", false, "1.0-01234567,0123456789ab")]
    [DataRow("{commit};{version}", true, "")]
    [DataRow("stable", false, "")]
    public void Tags_of_a_commit_are_those_with_it_in_them_unless_the_work_tree_differs(string templates, bool isDirty, string expected) =>
        Assert.AreEqual(
            expected, string.Join(',', ImageTags.OfCommit(templates.Split(';'), Revision with { IsDirty = isDirty }, "1.0")));

    [TestMethod]
    public void A_given_tag_that_is_none_is_refused_with_the_property_that_it_came_from()
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(
            () => ImageTags.Resolve(["{commit}"], ["not a tag"], Revision, "1.0"));
        Assert.AreEqual(DiagnosticCodes.InvalidTag, e.Code);
        StringAssert.Contains(e.Message, "ContainerImageTag");
    }
}
