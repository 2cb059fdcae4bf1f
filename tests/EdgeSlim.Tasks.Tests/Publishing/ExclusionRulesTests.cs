using EdgeSlim.Publishing;

namespace EdgeSlim.Tests.Publishing;

[TestClass]
public sealed class ExclusionRulesTests
{
    [TestMethod]
    [DataRow("app.dbg")]
    [DataRow("sub/app.PDB")]
    [DataRow("lib.so.debug")]
    public void Symbols_are_told_apart(string path) =>
        Assert.AreEqual(ExclusionRules.Symbols, ExclusionRules.ReasonToExclude(path, hasWebContent: false));

    [TestMethod]
    [DataRow("libx.a", "static library")]
    [DataRow("x.LIB", "static library")]
    [DataRow("x.o", "static library")]
    [DataRow("appsettings.Development.json", "developer")]
    [DataRow("sub/AppSettings.development.JSON", "developer")]
    [DataRow("appsettings.Production.json", "environment")]
    [DataRow("sub/AppSettings.Oslo.North.json", "environment")]
    [DataRow(".env", "secrets")]
    [DataRow(".env.production", "secrets")]
    [DataRow("sub/.ENV", "secrets")]
    [DataRow("app.staticwebassets.runtime.json", "developer")]
    [DataRow("app.staticwebassets.endpoints.json", "there are none")]
    public void What_has_no_business_in_an_image_stays_out(string path, string reason) =>
        Assert.Contains(reason, ExclusionRules.ReasonToExclude(path, hasWebContent: false)!);

    [TestMethod]
    [DataRow("libe_sqlite3.so", true)]
    [DataRow("runtimes/linux-x64/native/libe_sqlite3.so", true)]
    [DataRow("libzstd.so", true)]
    [DataRow("libother.so", false)]
    [DataRow("libe_sqlite3.dll", false)]
    [DataRow("e_sqlite3", false)]
    [DataRow("libgit2.so", false)]
    public void A_shared_library_that_was_linked_in_is_told_by_the_name_of_its_P_Invokes(string path, bool expected) =>
        Assert.AreEqual(expected, ExclusionRules.IsLinkedIn(path, ["libc", "e_sqlite3", "libzstd", "git2!git_open"]));

    [TestMethod]
    [DataRow("app")]
    [DataRow("libx.so")]
    [DataRow("libx.so.1.2")]
    [DataRow("appsettings.json")]
    [DataRow("wwwroot/appsettings.Production.json")]
    [DataRow("my-appsettings.Development.json")]
    [DataRow("appsettings.Development.json.bak")]
    [DataRow("production.env")]
    [DataRow(".environment")]
    [DataRow(".env/file")]
    [DataRow("config.xml")]
    [DataRow("pdb")]
    [DataRow("a.pdb/b")]
    [DataRow("wwwroot/index.html")]
    public void Everything_else_goes_in(string path) =>
        Assert.IsNull(ExclusionRules.ReasonToExclude(path, hasWebContent: false));

    [TestMethod]
    public void With_web_content_its_endpoints_go_in_and_the_developers_list_does_not()
    {
        Assert.IsNull(ExclusionRules.ReasonToExclude("app.staticwebassets.endpoints.json", hasWebContent: true));
        Assert.IsNotNull(ExclusionRules.ReasonToExclude("app.staticwebassets.runtime.json", hasWebContent: true));
    }

    [TestMethod]
    [DataRow("<?xml version=\"1.0\"?>\n<doc>\n    <assembly>\n        <name>App</name>", true)]
    [DataRow("\uFEFF<?xml version=\"1.0\" encoding=\"utf-8\"?><doc><assembly><name>FSharp</name></assembly>", true)]
    [DataRow("<doc><assembly>", true)]
    [DataRow("<?xml version=\"1.0\"?><configuration><assembly>", false)]
    [DataRow("<doc><title>A document</title>", false)]
    [DataRow("<document><assembly>", false)]
    [DataRow("text <doc><assembly>", false)]
    [DataRow("", false)]
    public void Documentation_is_told_by_how_it_begins(string beginning, bool isDocumentation) =>
        Assert.AreEqual(isDocumentation, ExclusionRules.IsXmlDocumentation(beginning));
}
