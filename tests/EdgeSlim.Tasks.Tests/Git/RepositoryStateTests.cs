using EdgeSlim.Diagnostics;
using EdgeSlim.Git;

namespace EdgeSlim.Tests.Git;

[TestClass]
public sealed class RepositoryStateTests
{
    [TestMethod]
    public void A_clean_repository_gives_commit_branch_and_committer_time_in_utc()
    {
        using GitSandbox box = new();
        box.MakeRepository();
        SourceRevision revision = box.Read("repo");
        Assert.AreEqual(RevisionOrigin.Git, revision.Origin);
        Assert.AreEqual(box.Head("repo"), revision.Commit);
        Assert.AreEqual("main", revision.Branch);
        Assert.AreEqual(new DateTimeOffset(2025, 6, 6, 23, 9, 10, TimeSpan.Zero), revision.CommitTime);
        Assert.AreEqual(TimeSpan.Zero, revision.CommitTime!.Value.Offset);
        Assert.IsFalse(revision.IsDirty);
        Assert.IsNull(revision.RemoteUrl);
        Assert.IsEmpty(box.Sink.Diagnostics);
    }

    [TestMethod]
    public void The_repository_is_found_from_a_folder_deep_in_it()
    {
        using GitSandbox box = new();
        box.MakeRepository();
        box.Write("repo/src/deep/lib.cs", "");
        box.CommitAll("repo");
        Assert.AreEqual(box.Head("repo"), box.Read("repo/src/deep").Commit);
    }

    [TestMethod]
    public void A_branch_keeps_its_slashes()
    {
        using GitSandbox box = new();
        box.MakeRepository();
        box.Git("repo", "checkout", "--quiet", "-b", "feature/x");
        Assert.AreEqual("feature/x", box.Read("repo").Branch);
    }

    [TestMethod]
    public void A_linked_work_tree_gives_its_own_branch_and_commit()
    {
        using GitSandbox box = new();
        box.MakeRepository();
        box.Git("repo", "worktree", "add", "--quiet", "-b", "other", box["linked"]);
        box.Write("linked/more.txt", "");
        box.CommitAll("linked");
        SourceRevision revision = box.Read("linked");
        Assert.AreEqual(box.Head("linked"), revision.Commit);
        Assert.AreNotEqual(box.Head("repo"), revision.Commit);
        Assert.AreEqual("other", revision.Branch);
        Assert.IsFalse(revision.IsDirty);
    }

    [TestMethod]
    [DataRow("--depth=1")]
    [DataRow("--filter=blob:none")]
    public void A_clone_without_all_objects_is_read(string option)
    {
        using GitSandbox box = new();
        string origin = box.MakeRepository();
        box.Write("repo/app.csproj", "<Project></Project>");
        box.CommitAll("repo");
        box.Git("repo", "config", "uploadpack.allowFilter", "true");
        box.Git(".", "clone", "--quiet", option, $"file://{origin}", "clone");
        SourceRevision revision = box.Read("clone");
        Assert.AreEqual(box.Head("repo"), revision.Commit);
        Assert.IsFalse(revision.IsDirty);
        Assert.IsNotNull(revision.CommitTime);
        Assert.IsNull(revision.RemoteUrl, "A path of this machine is nobody else's business.");
    }

    [TestMethod]
    public void A_detached_head_has_no_branch_unless_the_ci_service_says_it()
    {
        using GitSandbox box = new();
        box.MakeRepository();
        box.Git("repo", "checkout", "--quiet", "--detach");
        Assert.IsNull(box.Read("repo").Branch);
        box.Environment["GITHUB_REF_NAME"] = "release/1";
        SourceRevision revision = box.Read("repo");
        Assert.AreEqual("release/1", revision.Branch);
        Assert.AreEqual(box.Head("repo"), revision.Commit);
    }

    [TestMethod]
    public void What_git_says_wins_over_the_ci_service()
    {
        using GitSandbox box = new();
        box.MakeRepository();
        box.Environment["GITHUB_SHA"] = new string('a', 40);
        box.Environment["GITHUB_REF_NAME"] = "elsewhere";
        SourceRevision revision = box.Read("repo");
        Assert.AreEqual(box.Head("repo"), revision.Commit);
        Assert.AreEqual("main", revision.Branch);
    }

    [TestMethod]
    public void A_project_in_a_submodule_has_the_commit_of_the_submodule_and_not_the_branch_of_the_ci_service()
    {
        using GitSandbox box = new();
        string module = box.MakeRepository("module");
        box.MakeRepository();
        box.Git("repo", "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", module, "sub");
        box.CommitAll("repo");
        box.Git("repo/sub", "checkout", "--quiet", "--detach");
        box.Environment["GITHUB_REF_NAME"] = "branch-of-the-outer-one";
        SourceRevision revision = box.Read("repo/sub");
        Assert.AreEqual(box.Head("module"), revision.Commit);
        Assert.AreNotEqual(box.Head("repo"), revision.Commit);
        Assert.IsNull(revision.Branch);
    }

    [TestMethod]
    public void The_remote_named_origin_is_taken_and_loses_its_token()
    {
        using GitSandbox box = new();
        box.MakeRepository();
        box.Git("repo", "remote", "add", "aaa", "https://elsewhere.example/x");
        Assert.AreEqual("https://elsewhere.example/x", box.Read("repo").RemoteUrl);
        box.Git("repo", "remote", "add", "origin", "https://me:s3cret@git.example/org/x.git");
        Assert.AreEqual("https://git.example/org/x", box.Read("repo").RemoteUrl);
    }

    [TestMethod]
    public void A_commit_of_a_time_that_dotnet_cannot_tell_is_read_without_the_time()
    {
        using GitSandbox box = new();
        box.MakeRepository();
        string tree = box.Git("repo", "rev-parse", "HEAD^{tree}");
        string file = box.Write("commit", $"tree {tree}\nauthor A <a> 1 +0000\ncommitter A <a> 99999999999999 +0000\n\nLate\n");
        string commit = box.Git("repo", "hash-object", "-t", "commit", "-w", "--literally", file);
        box.Git("repo", "update-ref", "HEAD", commit);
        SourceRevision revision = box.Read("repo");
        Assert.AreEqual(commit, revision.Commit);
        Assert.IsNull(revision.CommitTime);
        Assert.IsEmpty(box.Sink.Codes);
    }

    [TestMethod]
    public void A_folder_outside_any_repository_is_warned_of_with_the_tag_that_the_image_gets()
    {
        using GitSandbox box = new();
        box.Write("plain/app.csproj", "");
        Assert.AreEqual(SourceRevision.None, box.Read("plain"));
        Diagnostic warning = box.Sink.Diagnostics.Single();
        Assert.AreEqual(DiagnosticCodes.NoRepository, warning.Code);
        Assert.AreEqual(DiagnosticSeverity.Warning, warning.Severity);
        StringAssert.Contains(warning.Text, $"'{box["plain"]}'");
        StringAssert.Contains(warning.Text, "'latest'");
    }
}
