using System.Text;
using EdgeSlim.Builds;

namespace EdgeSlim.Tests.Builds;

[TestClass]
public sealed class ChildBuildTests
{
    [TestMethod]
    [DataRow("a;b", "a;b")]
    [DataRow("a=1;b=2", "a%3D1;b%3D2")]
    [DataRow("a%3Bb", "a%3Bb")]
    [DataRow("x=1", "x=1")]
    [DataRow(" a b  ", "%20a b%20%20")]
    [DataRow("  ", "%20%20")]
    [DataRow("one\r\ntwo", "one%0D%0Atwo")]
    [DataRow("", "")]
    public void A_property_is_a_line_that_the_program_reads(string value, string written) =>
        Assert.AreEqual($"-p:Name={written}\n", new ChildBuild("dotnet", "/app/agent.cs", "T", new Dictionary<string, string> { ["Name"] = value }).Input);

    [TestMethod]
    public void No_property_is_among_the_arguments()
    {
        ChildBuild build = new("dotnet", "/app/agent.cs", "T", new Dictionary<string, string> { ["Password"] = "hidden" }) { Sdk = "/sdk", Options = ["-v:m"] };
        CollectionAssert.AreEqual(new[] { "/sdk/dotnet.dll", "build", "/app/agent.cs", "-t:T", "-nologo", "-tl:off", "-v:m", "@/dev/stdin" }, build.Request.Arguments.ToArray());
        Assert.AreEqual("/app", build.Request.WorkingFolder);
    }

    [TestMethod]
    public void What_a_target_returned_is_read_without_what_follows_from_a_name()
    {
        byte[] json = Encoding.UTF8.GetBytes(
            """{ "TargetResults": { "T": { "Result": "Success", "Items": [ { "Identity": "a", "Tags": "1;2", "FullPath": "/app/a", "MSBuildSourceTargetName": "T" } ] } } }""");
        ReturnedItem item = TargetResult.Items(json, "T").Single();
        Assert.AreEqual("a", item.Name);
        Assert.AreEqual("Tags=1;2", string.Join('|', item.Metadata.Select(m => $"{m.Key}={m.Value}")));
        Assert.IsEmpty(TargetResult.Items(json, "Other"));
    }

    [TestMethod]
    [DataRow("dotnet publish agent.cs -t:EdgeImage", "m")]
    [DataRow("dotnet publish agent.cs -v:n", "n")]
    [DataRow("dotnet publish agent.cs -v diag -t:EdgeImage", "diag")]
    [DataRow("dotnet publish agent.cs --verbosity normal", "normal")]
    [DataRow("dotnet publish agent.cs /Verbosity:q", "q")]
    [DataRow("dotnet publish my-v n.cs", "m")]
    public void It_says_as_much_as_the_users_build(string commandLine, string verbosity) =>
        Assert.AreEqual(verbosity, BuildVerbosity.Of(commandLine.Split(' ')));

    [TestMethod]
    [DataRow("a;b,c", "a%3Bb%2Cc", "a%3Bb%2Cc")]
    [DataRow("50%", "50%25", "50%")]
    public void A_text_is_no_list(string text, string literal, string separated)
    {
        Assert.AreEqual(literal, PropertyText.Literal(text));
        Assert.AreEqual(separated, PropertyText.Separated(text));
    }
}
