using EdgeSlim.Registry.Transport;

namespace EdgeSlim.Tests.Registry;

[TestClass]
public sealed class ErrorBodyTests
{
    [TestMethod]
    [DataRow("""{"errors":[{"code":"NAME_UNKNOWN","message":"no such\nname"}]}""", "NAME_UNKNOWN: no such name")]
    [DataRow("""{"errors":[{"code":"A"},{"message":"b"},{"code":"C","message":""},7]}""", "A; b; C")]
    [DataRow("""{"errors":[]}""", """{"errors":[]}""")]
    [DataRow("""{"errors":null,"message":"m"}""", "m")]
    [DataRow("""{"error":"invalid_grant","error_description":"expired"}""", "expired")]
    [DataRow("""{"details":"incorrect username or password"}""", "incorrect username or password")]
    [DataRow("[1]", "[1]")]
    [DataRow("""{"errors":[{"code":"CUT""", """{"errors":[{"code":"CUT""")]
    [DataRow("<html><head><title>502 Bad Gateway</title></head><body>x</body></html>", "502 Bad Gateway")]
    [DataRow("<p>some</p>\r\n<b>text</b>", "some text")]
    [DataRow("\u0000\u001b[31m red", "[31m red")]
    [DataRow("", "the answer says nothing more")]
    [DataRow(" \n\t", "the answer says nothing more")]
    public void Any_body_becomes_one_line(string body, string line) => Assert.AreEqual(line, ErrorBody.Parse(body).Text);

    [TestMethod]
    public void A_huge_body_is_cut()
    {
        string text = ErrorBody.Parse(new string('x', 1_000_000)).Text;
        Assert.AreEqual(new string('x', 300) + "...", text);
    }

    [TestMethod]
    public void Codes_are_kept() =>
        Assert.AreEqual("DENIED", ErrorBody.Parse("""{"errors":[{"code":"DENIED","message":"no"}]}""").Codes.Single());
}
