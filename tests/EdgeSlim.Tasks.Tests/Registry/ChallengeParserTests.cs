using EdgeSlim.Registry.Authentication;

namespace EdgeSlim.Tests.Registry;

[TestClass]
public sealed class ChallengeParserTests
{
    [TestMethod]
    [DataRow("""Bearer realm="https://a/t",service="s",scope="repository:x:pull,push" """, "Bearer[realm=https://a/t|service=s|scope=repository:x:pull,push]")]
    [DataRow("bearer realm=https://a/t", "bearer[realm=https://a/t]")]
    [DataRow("""Basic realm="a \"quoted\" one" """, "Basic[realm=a \"quoted\" one]")]
    [DataRow("""Basic realm="r", Bearer realm="b" , service = "s" """, "Basic[realm=r] Bearer[realm=b|service=s]")]
    [DataRow("""Negotiate, Basic realm="r" """, "Negotiate[] Basic[realm=r]")]
    [DataRow("""Bearer realm="a, Basic realm=b" """, "Bearer[realm=a, Basic realm=b]")]
    [DataRow("""Bearer REALM="a",realm="b" """, "Bearer[REALM=a]")]
    [DataRow("""Bearer error="insufficient_scope",,realm="a" """, "Bearer[error=insufficient_scope|realm=a]")]
    [DataRow("""Bearer realm="never ends""", "Bearer[realm=never ends]")]
    [DataRow("Bearer realm=\"ends with a backslash\\", "Bearer[realm=ends with a backslash\\]")]
    [DataRow("", "")]
    [DataRow(""" =",", "=" """, "")]
    public void Challenges_are_read(string header, string expected)
    {
        string seen = string.Join(' ', ChallengeParser.Parse([header.TrimEnd(' ')]).Select(c =>
            $"{c.Scheme}[{string.Join('|', c.Parameters.Select(p => $"{p.Key}={p.Value}"))}]"));
        Assert.AreEqual(expected, seen);
    }

    [TestMethod]
    public void Several_headers_are_read() =>
        Assert.HasCount(2, ChallengeParser.Parse(["Basic realm=a", "Bearer realm=b"]));

    [TestMethod]
    [DataRow("repository:a/b:pull,push", "repository:a/b:pull", true)]
    [DataRow("repository:a/b:pull", "repository:a/b:pull,push", false)]
    [DataRow("repository:a/b:pull", "repository:a/c:pull", false)]
    [DataRow("repository:host:5000/b:pull", "repository:host:5000/b:pull", true)]
    public void A_scope_covers_another_with_the_same_resource_and_fewer_actions(string scope, string other, bool covers) =>
        Assert.AreEqual(covers, TokenScope.Parse(scope)!.Covers(TokenScope.Parse(other)!));
}
