using EdgeSlim.Diagnostics;
using EdgeSlim.Git;

namespace EdgeSlim.Tests.Git;

[TestClass]
public sealed class BrokenRepositoryTests
{
    [TestMethod]
    public void A_repository_without_a_commit_is_warned_of()
    {
        using GitSandbox box = new();
        box.Write("repo/app.csproj", "");
        box.Git("repo", "init", "--quiet");
        AssertWarning(box, "repo", DiagnosticCodes.UnbornHead, $"'{box["repo"]}'");
    }

    [TestMethod]
    public void A_repository_with_sha256_names_is_warned_of()
    {
        using GitSandbox box = new();
        box.MakeRepository("repo", "--object-format=sha256");
        AssertWarning(box, "repo", DiagnosticCodes.RepositoryUnreadable, "sha256");
    }

    [TestMethod]
    [DataRow("gitdir: /nowhere/at/all")]
    [DataRow("gitdir: ../.git/worktrees/gone")]
    [DataRow("this is no git file")]
    [DataRow("")]
    public void A_git_file_that_leads_nowhere_is_warned_of_even_inside_another_repository(string content)
    {
        using GitSandbox box = new();
        box.MakeRepository();
        box.Write("repo/inner/.git", content);
        box.Write("repo/inner/src/app.csproj", "");
        AssertWarning(box, "repo/inner/src", DiagnosticCodes.RepositoryUnreadable, box["repo/inner"]);
    }

    [TestMethod]
    [DataRow("config", "[core")]
    [DataRow("HEAD", "nonsense")]
    [DataRow("index", "nonsense")]
    [DataRow("refs/heads/main", "nonsense")]
    [DataRow("refs/heads/main", "0123456789012345678901234567890123456789")]
    public void A_damaged_repository_is_warned_of(string file, string content)
    {
        using GitSandbox box = new();
        box.MakeRepository();
        box.Write($"repo/.git/{file}", content);
        AssertWarning(box, "repo", DiagnosticCodes.RepositoryUnreadable, box["repo"]);
    }

    [TestMethod]
    public void A_repository_that_lost_its_objects_is_warned_of_and_not_called_dirty()
    {
        using GitSandbox box = new();
        box.MakeRepository();
        Directory.Delete(box["repo/.git/objects"], recursive: true);
        Directory.CreateDirectory(box["repo/.git/objects"]);
        AssertWarning(box, "repo", DiagnosticCodes.RepositoryUnreadable, box["repo"]);
    }

    [TestMethod]
    public void A_bare_repository_is_warned_of()
    {
        using GitSandbox box = new();
        string origin = box.MakeRepository();
        box.Git(".", "clone", "--quiet", "--bare", origin, "bare.git");
        AssertWarning(box, "bare.git", DiagnosticCodes.RepositoryUnreadable, "bare");
    }

    [TestMethod]
    public void A_repository_of_another_user_is_warned_of_with_a_remedy_that_works()
    {
        if (!Environment.IsPrivilegedProcess || OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Only root can give files to another user.");
        }

        using GitSandbox box = new();
        box.MakeRepository();
        string head = box.Head("repo");
        box.Run("chown", ".", "/dev/null", "--recursive", "12345", box["repo"]);
        AssertWarning(box, "repo", DiagnosticCodes.RepositoryNotOwned, $"'{box["repo"]}'");

        string text = box.Sink.Diagnostics.Single().Text;
        string remedy = text[text.IndexOf("git config", StringComparison.Ordinal)..];
        box.Run("sh", ".", GitSandbox.GlobalConfiguration, "-c", remedy);
        Assert.AreEqual(head, box.Read("repo").Commit);
    }

    [TestMethod]
    public void A_commit_of_the_ci_service_makes_up_for_a_repository_that_cannot_be_read()
    {
        using GitSandbox box = new();
        box.MakeRepository("repo", "--object-format=sha256");
        box.Environment["CI_COMMIT_SHA"] = box.Head("repo");
        box.Environment["CI_COMMIT_BRANCH"] = "main";
        SourceRevision revision = box.Read("repo");
        Assert.AreEqual(RevisionOrigin.Environment, revision.Origin);
        Assert.AreEqual(64, revision.Commit!.Length);
        Assert.AreEqual(box.Head("repo"), revision.Commit);
        Assert.AreEqual("main", revision.Branch);
        Assert.IsNull(revision.CommitTime);
        Diagnostic said = box.Sink.Diagnostics.Single();
        Assert.AreEqual(DiagnosticSeverity.Information, said.Severity);
        StringAssert.Contains(said.Text, "CI_COMMIT_SHA");
    }

    [TestMethod]
    public void A_native_library_that_cannot_be_loaded_is_an_unreadable_repository()
    {
        Exception[] failures =
        [
            new DllNotFoundException("no git2"),
            new TypeInitializationException("NativeMethods", new DllNotFoundException("no git2")),
        ];
        foreach (Exception failure in failures)
        {
            Assert.IsTrue(GitFailure.IsExpected(failure));
            GitAnswer.Unknown answer = GitFailure.Explain(failure, "/repo/");
            Assert.AreEqual(new(DiagnosticCodes.RepositoryUnreadable, "/repo", "no git2"), answer);
        }
    }

    [TestMethod]
    public void A_bug_is_not_taken_for_a_broken_repository() =>
        Assert.IsFalse(GitFailure.IsExpected(new InvalidOperationException()));

    private static void AssertWarning(GitSandbox box, string project, string code, string contained)
    {
        Assert.AreEqual(SourceRevision.None, box.Read(project));
        Diagnostic warning = box.Sink.Diagnostics.Single();
        Assert.AreEqual(DiagnosticSeverity.Warning, warning.Severity);
        Assert.AreEqual(code, warning.Code);
        StringAssert.Contains(warning.Text, contained);
        StringAssert.Contains(warning.Text, "'latest'");
        Assert.DoesNotContain("\n", warning.Text);
    }
}
