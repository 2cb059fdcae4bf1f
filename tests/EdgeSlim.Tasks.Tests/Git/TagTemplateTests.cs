using EdgeSlim.Diagnostics;
using EdgeSlim.Git;

namespace EdgeSlim.Tests.Git;

[TestClass]
public sealed class TagTemplateTests
{
    private static readonly SourceRevision Revision = new()
    {
        Origin = RevisionOrigin.Git,
        Commit = "0123456789abcdef0123456789abcdef01234567",
        Branch = "feature/x+1",
        CommitTime = new DateTimeOffset(2025, 6, 7, 1, 9, 10, TimeSpan.FromHours(2)),
    };

    [TestMethod]
    [DataRow("{commit}", "0123456789ab")]
    [DataRow("{commit:4}", "0123")]
    [DataRow("{commit:40}", "0123456789abcdef0123456789abcdef01234567")]
    [DataRow("{commit:64}", "0123456789abcdef0123456789abcdef01234567")]
    [DataRow("{branch}", "feature-x-1")]
    [DataRow("{version}", "1.2.3-rc.1-build.5")]
    [DataRow("{date}", "20250606")]
    [DataRow("{date:yyyy.MM.dd-HHmm}", "2025.06.06-2309")]
    [DataRow("v{version}_{commit:7}-{branch}", "v1.2.3-rc.1-build.5_0123456-feature-x-1")]
    [DataRow("edge", "edge")]
    public void Placeholders_are_filled_in(string template, string expected) =>
        Assert.AreEqual(expected, TagTemplate.Expand(template, Revision, "1.2.3-rc.1+build.5"));

    [TestMethod]
    [DataRow("{commit}", "0123456789ab-dirty")]
    [DataRow("{commit:4}-{commit:5}", "0123-01234-dirty")]
    [DataRow("{commit}-{branch}", "0123456789ab-feature-x-1-dirty")]
    [DataRow("{branch}", "feature-x-1")]
    [DataRow("{date}", "20250606")]
    [DataRow("{version}", "1.0")]
    public void A_dirty_work_tree_marks_tags_with_a_commit_once(string template, string expected) =>
        Assert.AreEqual(expected, TagTemplate.Expand(template, Revision with { IsDirty = true }, "1.0"));

    [TestMethod]
    [DataRow("{commit}")]
    [DataRow("{commit:7}-{version}")]
    [DataRow("{date}")]
    [DataRow("{branch}")]
    [DataRow("v-{branch}")]
    public void A_template_that_asks_for_the_unknown_gives_no_tag(string template) =>
        Assert.IsNull(TagTemplate.Expand(template, SourceRevision.None, "1.0"));

    [TestMethod]
    public void An_unknown_version_gives_no_tag()
    {
        Assert.IsNull(TagTemplate.Expand("{version}", Revision, null));
        Assert.IsNull(TagTemplate.Expand("{version}", Revision, ""));
    }

    [TestMethod]
    [DataRow("a//b", "a-b")]
    [DataRow(".hidden", "hidden")]
    [DataRow("_x", "_x")]
    [DataRow("Ümlaut/Straße", "mlaut-Stra-e")]
    [DataRow("日本", null)]
    [DataRow("release/v1.0_a-b", "release-v1.0_a-b")]
    [DataRow("dependabot/npm_and_yarn/@types/node", "dependabot-npm_and_yarn-types-node")]
    public void A_branch_is_made_fit_for_a_tag(string branch, string? expected) =>
        Assert.AreEqual(expected, TagTemplate.Expand("{branch}", Revision with { Branch = branch }, null));

    [TestMethod]
    public void A_long_branch_is_cut_so_that_the_rest_of_the_tag_remains()
    {
        SourceRevision revision = Revision with { Branch = new string('b', 300), IsDirty = true };
        string tag = TagTemplate.Expand("{branch}-{commit}", revision, null)!;
        Assert.AreEqual(new string('b', 109) + "-0123456789ab-dirty", tag);
        Assert.AreEqual(128, tag.Length);
    }

    [TestMethod]
    [DataRow("{commit}-{Commit}", "{Commit}")]
    [DataRow("{sha}", "{sha}")]
    [DataRow("{}", "{}")]
    [DataRow("{branch:5}", "{branch:5}")]
    [DataRow("{version:}", "{version:}")]
    [DataRow("{commit:3}", "'3'")]
    [DataRow("{commit:65}", "'65'")]
    [DataRow("{commit:-5}", "'-5'")]
    [DataRow("{commit:}", "''")]
    [DataRow("{commit:99999999999}", "'99999999999'")]
    [DataRow("{date:Q}", "'Q'")]
    [DataRow("{date:%}", "'%'")]
    [DataRow("{date:}", "empty")]
    [DataRow("{commit", "brace")]
    [DataRow("commit}", "brace")]
    [DataRow("{{commit}}", "brace")]
    [DataRow("{commit}{", "brace")]
    public void A_template_that_cannot_be_understood_is_refused_whatever_is_known(string template, string contained)
    {
        foreach (SourceRevision revision in (SourceRevision[])[Revision, SourceRevision.None])
        {
            EdgeException e = Assert.ThrowsExactly<EdgeException>(() => TagTemplate.Expand(template, revision, "1.0"));
            Assert.AreEqual(DiagnosticCodes.InvalidTagTemplate, e.Code);
            StringAssert.Contains(e.Message, $"'{template}'");
            StringAssert.Contains(e.Message, contained);
            StringAssert.Contains(e.Message, "{commit:N}");
        }
    }

    [TestMethod]
    [DataRow("{date:HH:mm}")]
    [DataRow("-{commit}")]
    [DataRow("a b")]
    [DataRow("a/{commit}")]
    public void What_is_no_tag_once_expanded_is_refused_with_its_template(string template)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => TagTemplate.Expand(template, Revision, null));
        Assert.AreEqual(DiagnosticCodes.InvalidTag, e.Code);
        StringAssert.Contains(e.Message, $"EdgeTags entry '{template}'");
    }
}
