using System.Text;
using EdgeSlim.Publishing;

namespace EdgeSlim.Tests.Publishing;

[TestClass]
public sealed class WebAssetManifestTests
{
    [TestMethod]
    public void Times_follow_from_the_content_and_nothing_else_changes()
    {
        string first = Rewritten("Tue, 24 Nov 2026 01:32:58 GMT", "\"one+/=\"");
        Assert.AreEqual(first, Rewritten("Wed, 25 Nov 2026 01:32:58 GMT", "\"one+/=\""));
        Assert.AreNotEqual(first, Rewritten("Tue, 24 Nov 2026 01:32:58 GMT", "\"two+/=\""));
        Assert.DoesNotContain("2026", first);
        Assert.Contains("""{"Name":"ETag","Value":"\"one+/=\""}""", first);
        Assert.Contains("""{"Version":1,"Endpoints":[{"Route":"größe.txt","ResponseHeaders":""", first);
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("null")]
    [DataRow("{")]
    [DataRow("[]")]
    [DataRow("""{"Endpoints":{}}""")]
    [DataRow("""{"Endpoints":[1,{"ResponseHeaders":[{"Name":5}]}]}""")]
    public void An_unknown_form_stays_as_it_is(string text) =>
        Assert.AreEqual(text, Encoding.UTF8.GetString(WebAssetManifest.WithTimesOfContent(Encoding.UTF8.GetBytes(text))));

    private static string Rewritten(string time, string tag) => Encoding.UTF8.GetString(WebAssetManifest.WithTimesOfContent(
        Encoding.UTF8.GetBytes(
            $$"""
            {"Version":1,"Endpoints":[{"Route":"größe.txt","ResponseHeaders":[{"Name":"ETag","Value":"{{tag.Replace("\"", "\\\"", StringComparison.Ordinal)}}"},{"Name":"Last-Modified","Value":"{{time}}"}]},{"Route":"x"}]}
            """)));
}
