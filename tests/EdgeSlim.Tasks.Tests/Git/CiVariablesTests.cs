using EdgeSlim.Git;

namespace EdgeSlim.Tests.Git;

[TestClass]
public sealed class CiVariablesTests
{
    [TestMethod]
    public void The_first_variable_in_order_gives_the_commit()
    {
        Dictionary<string, string> variables = new()
        {
            ["GIT_COMMIT"] = "4444444",
            ["BUILD_SOURCEVERSION"] = "3333333",
            ["CI_COMMIT_SHA"] = "2222222",
            ["GITHUB_SHA"] = "1111111",
        };
        foreach (string name in (string[])["GITHUB_SHA", "CI_COMMIT_SHA", "BUILD_SOURCEVERSION", "GIT_COMMIT"])
        {
            Assert.AreEqual((name, variables[name]), CiVariables.FindCommit(variables.GetValueOrDefault));
            variables.Remove(name);
        }

        Assert.IsNull(CiVariables.FindCommit(variables.GetValueOrDefault));
    }

    [TestMethod]
    [DataRow("abcdef", null)]
    [DataRow("ABCDEF1", "abcdef1")]
    [DataRow(" abcdef1\n", "abcdef1")]
    [DataRow("abcdefg", null)]
    [DataRow("$(git rev-parse HEAD)", null)]
    [DataRow("", null)]
    [DataRow("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef")]
    [DataRow("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef0", null)]
    public void Only_hex_digits_are_a_commit(string value, string? commit) =>
        Assert.AreEqual(commit, CiVariables.FindCommit(name => name == "GIT_COMMIT" ? value : null)?.Commit);

    [TestMethod]
    public void What_is_no_commit_is_passed_over() =>
        Assert.AreEqual(
            ("CI_COMMIT_SHA", "2222222"),
            CiVariables.FindCommit(name => name switch { "GITHUB_SHA" => "HEAD", "CI_COMMIT_SHA" => "2222222", _ => null }));

    [TestMethod]
    [DataRow("GITHUB_REF_NAME=main", "main")]
    [DataRow("GITHUB_REF_NAME=12/merge GITHUB_HEAD_REF=feature/x", "feature/x")]
    [DataRow("GITHUB_REF_NAME=main GITHUB_HEAD_REF=", "main")]
    [DataRow("GITHUB_REF_NAME=v1.0 GITHUB_REF_TYPE=tag", null)]
    [DataRow("CI_COMMIT_BRANCH=main CI_COMMIT_REF_NAME=other", "main")]
    [DataRow("CI_COMMIT_REF_NAME=feature", "feature")]
    [DataRow("CI_COMMIT_REF_NAME=v1.0 CI_COMMIT_TAG=v1.0", null)]
    [DataRow("BUILD_SOURCEBRANCH=refs/heads/feature/x", "feature/x")]
    [DataRow("BUILD_SOURCEBRANCH=refs/tags/v1.0", null)]
    [DataRow("BUILD_SOURCEBRANCH=refs/pull/1/merge", null)]
    [DataRow("GIT_BRANCH=origin/main", "main")]
    [DataRow("GIT_BRANCH=main", "main")]
    [DataRow("HOME=/root", null)]
    public void Each_ci_service_says_the_branch_in_its_own_way(string variables, string? branch)
    {
        Dictionary<string, string> environment = variables.Split(' ').Select(v => v.Split('=')).ToDictionary(v => v[0], v => v[1]);
        Assert.AreEqual(branch, CiVariables.FindBranch(environment.GetValueOrDefault));
    }
}
