using EdgeSlim.Diagnostics;
using EdgeSlim.Git;
using EdgeSlim.Builds;
using EdgeSlim.Reproduction;
using EdgeSlim.Tests.Git;

namespace EdgeSlim.Tests.Reproduction;

[TestClass]
public sealed class CleanCopyTests : IDisposable
{
    private readonly GitSandbox _sandbox = new();

    public void Dispose() => _sandbox.Dispose();

    [TestMethod]
    public async Task The_copy_has_what_is_committed_on_the_same_branch_from_the_same_remote()
    {
        string repository = _sandbox.MakeRepository();
        _sandbox.Git("repo", "remote", "add", "origin", "https://user:token@git.example.com/acme/agent.git");
        _sandbox.Git("repo", "checkout", "--quiet", "-b", "feature/x");
        _sandbox.Git("repo", "tag", "v1.2.3");
        _sandbox.Write("repo/untracked.txt", "not committed");
        _sandbox.Write("repo/bin/left", "of an earlier build");
        string before = Listing(Path.Combine(repository, ".git"));

        await CopyAsync(repository, "copy");

        Assert.AreEqual(before, Listing(Path.Combine(repository, ".git")), "Nothing is written into the user's repository.");
        Assert.IsTrue(File.Exists(_sandbox["copy/app.csproj"]));
        Assert.IsFalse(File.Exists(_sandbox["copy/untracked.txt"]));
        Assert.IsFalse(Directory.Exists(_sandbox["copy/bin"]));
        SourceRevision original = _sandbox.Read("repo") with { IsDirty = false, DirtyPaths = [] };
        Assert.AreEqual(original with { DirtyPaths = [] }, _sandbox.Read("copy") with { DirtyPaths = original.DirtyPaths });
        Assert.AreEqual("v1.2.3", _sandbox.Git("copy", "describe", "--tags"));
    }

    [TestMethod]
    public async Task A_detached_head_and_a_repository_without_a_remote_stay_so()
    {
        string repository = _sandbox.MakeRepository();
        _sandbox.Git("repo", "checkout", "--quiet", "--detach");
        await CopyAsync(repository, "copy");
        SourceRevision revision = _sandbox.Read("copy");
        Assert.IsNull(revision.Branch);
        Assert.IsNull(revision.RemoteUrl);
    }

    [TestMethod]
    [TestCategory(TestKinds.Long)]
    public async Task Submodules_and_shallow_clones_are_copied_without_asking_anybody()
    {
        string module = _sandbox.MakeRepository("module");
        string repository = _sandbox.MakeRepository();
        _sandbox.Git("repo", "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", module, "lib/module");
        _sandbox.CommitAll("repo");
        Directory.Delete(module, recursive: true);
        await CopyAsync(repository, "copy");
        Assert.IsTrue(File.Exists(_sandbox["copy/lib/module/app.csproj"]));
        Assert.IsFalse(_sandbox.Read("copy").IsDirty);

        _sandbox.Git(".", "clone", "--quiet", "--depth=1", "file://" + repository, "shallow");
        await CopyAsync(_sandbox["shallow"], "copy of shallow");
        Assert.IsTrue(File.Exists(_sandbox["copy of shallow/app.csproj"]));
    }

    [TestMethod]
    public async Task What_git_cannot_do_is_said()
    {
        string repository = _sandbox.MakeRepository();
        CleanCopy copy = new(Programs.Find("git"), repository);
        EdgeException error = await Assert.ThrowsExactlyAsync<EdgeException>(
            () => copy.MakeAsync(new string('a', 40), _sandbox["copy"], CancellationToken.None));
        Assert.AreEqual(DiagnosticCodes.CleanCopyFailed, error.Code);
        Assert.Contains(new string('a', 40), error.Message);
        error = await Assert.ThrowsExactlyAsync<EdgeException>(
            () => new CleanCopy("/nowhere/git", repository).MakeAsync("HEAD", _sandbox["copy"], CancellationToken.None));
        Assert.AreEqual(DiagnosticCodes.CleanCopyFailed, error.Code);
    }

    [TestMethod]
    public void The_second_build_has_the_properties_of_the_first_but_not_its_folders_and_delivers_nothing()
    {
        SecondBuild build = new("dotnet", "/src/repo", "/tmp/copy", "/tmp/edge");
        ChildBuild second = build.Build("app/app.csproj", new Dictionary<string, string>
        {
            ["EdgeMode"] = "trimmed",
            ["EdgeCultures"] = "en;de, 100%25",
            ["EdgeModulesFile"] = "/src/repo/sites/oslo.json",
            ["Elsewhere"] = "/src/repository",
            ["PublishDir"] = "/src/repo/out/",
            ["edgeoutputpath"] = "/src/repo/edge",
            ["ContainerRegistry"] = "registry.example",
        });
        Assert.AreEqual("/tmp/copy/app/app.csproj", second.Path);
        CollectionAssert.IsSubsetOf(
            new[]
            {
                "-p:EdgeMode=trimmed", "-p:EdgeCultures=en%3Bde%2C 100%25", "-p:EdgeModulesFile=/tmp/copy/sites/oslo.json",
                "-p:Elsewhere=/src/repository", "-p:ContainerRegistry=", "-p:EdgeCacheMaxBytes=0", "-p:edgeoutputpath=/tmp/edge",
            },
            second.Input.Split('\n'));
        Assert.DoesNotContain("registry.example", second.Input);
        Assert.DoesNotContain("PublishDir", second.Input);
        // Everybody on the machine can read them.
        Assert.DoesNotContain("-p:", string.Join(' ', second.Arguments));
    }

    private Task CopyAsync(string repository, string name) =>
        new CleanCopy(Programs.Find("git"), repository).MakeAsync(_sandbox.Git(Path.GetRelativePath(_sandbox["."], repository), "rev-parse", "HEAD"), _sandbox[name], CancellationToken.None);

    private static string Listing(string folder) =>
        string.Join('\n', Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => $"{f} {File.GetLastWriteTimeUtc(f):O}"));
}
