using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Tests.Oci;

[TestClass]
public sealed class ReferenceGrammarTests
{
    [TestMethod]
    [DataRow("app", "app")]
    [DataRow("My.App", "my.app")]
    [DataRow("org/team/my-app", "org/team/my-app")]
    [DataRow("a.b_c__d--e---f", "a.b_c__d--e---f")]
    [DataRow("0/1", "0/1")]
    public void A_valid_name_is_taken_in_lower_case(string text, string expected) =>
        Assert.AreEqual(expected, ReferenceGrammar.CheckRepository(text));

    [TestMethod]
    [DataRow("", "'app'")]
    [DataRow("My App", "'my-app'")]
    [DataRow("a..b", "'a.b'")]
    [DataRow("a___b", "'a_b'")]
    [DataRow("a._b", "'a.b'")]
    [DataRow("-a", "'a'")]
    [DataRow("a-", "'a'")]
    [DataRow("/a", "'a'")]
    [DataRow("a/", "'a'")]
    [DataRow("a//b", "'a/b'")]
    [DataRow("a:tag", "'a-tag'")]
    [DataRow("a\n", "'a'")]
    [DataRow("ä", "'a'")]
    public void An_invalid_name_is_refused_with_a_suggestion(string text, string suggestion)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => ReferenceGrammar.CheckRepository(text));
        Assert.AreEqual(DiagnosticCodes.InvalidRepository, e.Code);
        StringAssert.Contains(e.Message, $"'{text}'");
        StringAssert.Contains(e.Message, $"instance to {suggestion}");
    }

    [TestMethod]
    [DataRow("My.App!!", "my.app")]
    [DataRow("Ünïcode App", "unicode-app")]
    [DataRow("", "app")]
    [DataRow("!!!", "app")]
    [DataRow("日本", "app")]
    [DataRow("///", "app")]
    [DataRow("Org/My App", "org/my-app")]
    [DataRow("a. .b", "a-b")]
    [DataRow("a😀b", "a-b")]
    [DataRow("a\uD800b", "a-b")]
    [DataRow("__a__b__", "a__b")]
    public void Any_text_has_a_nearest_valid_name(string text, string expected)
    {
        string name = ReferenceGrammar.NormalizeRepository(text);
        Assert.AreEqual(expected, name);
        Assert.AreEqual(name, ReferenceGrammar.CheckRepository(name));
    }

    [TestMethod]
    public void The_name_has_at_most_255_characters_with_the_registry()
    {
        string registry = "registry.example:5000";
        string longest = new('a', 255 - registry.Length - 1);
        Assert.AreEqual(longest, ReferenceGrammar.CheckRepository(longest, registry));
        Assert.AreEqual(new string('a', 255), ReferenceGrammar.CheckRepository(new string('a', 255)));
        Assert.ThrowsExactly<EdgeException>(() => ReferenceGrammar.CheckRepository(new string('a', 256)));

        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => ReferenceGrammar.CheckRepository(longest + "a", registry));
        StringAssert.Contains(e.Message, $"instance to '{longest}'");
    }

    [TestMethod]
    public void A_name_that_is_cut_does_not_end_in_a_separator() =>
        Assert.AreEqual(new string('a', 254), ReferenceGrammar.NormalizeRepository(new string('a', 254) + "/b"));

    [TestMethod]
    public void A_hostile_name_is_refused_without_backtracking_for_ever() =>
        Assert.ThrowsExactly<EdgeException>(
            () => ReferenceGrammar.CheckRepository(string.Concat(Enumerable.Repeat("a__a--a.", 20_000)) + "!"));

    [TestMethod]
    [DataRow("latest")]
    [DataRow("_1.0-A")]
    [DataRow("0")]
    public void A_valid_tag_is_taken_as_it_is(string tag) =>
        Assert.AreEqual(tag, ReferenceGrammar.CheckTag(tag, "a test"));

    [TestMethod]
    [DataRow("")]
    [DataRow(".a")]
    [DataRow("-a")]
    [DataRow("a b")]
    [DataRow("a\n")]
    [DataRow("a+b")]
    [DataRow("ä")]
    public void An_invalid_tag_is_refused_with_where_it_came_from(string tag)
    {
        EdgeException e = Assert.ThrowsExactly<EdgeException>(() => ReferenceGrammar.CheckTag(tag, "a test"));
        Assert.AreEqual(DiagnosticCodes.InvalidTag, e.Code);
        StringAssert.Contains(e.Message, $"'{tag}'");
        StringAssert.Contains(e.Message, "It came from a test");
    }

    [TestMethod]
    public void A_tag_has_at_most_128_characters()
    {
        Assert.AreEqual(new string('a', 128), ReferenceGrammar.CheckTag(new string('a', 128), "a test"));
        Assert.ThrowsExactly<EdgeException>(() => ReferenceGrammar.CheckTag(new string('a', 129), "a test"));
    }
}
