using System.Security.Cryptography;
using EdgeSlim.Diagnostics;
using EdgeSlim.Git;

namespace EdgeSlim.Tests.Git;

[TestClass]
public sealed class DirtyWorkTreeTests
{
    [TestMethod]
    public void A_changed_file_is_dirty_and_warned_of()
    {
        using GitSandbox box = new();
        box.MakeRepository();
        box.Write("repo/app.csproj", "<Project>changed</Project>");
        AssertDirty(box, "repo", "app.csproj");
        string text = box.Sink.Diagnostics.Single().Text;
        StringAssert.Contains(text, box.Head("repo")[..12]);
        StringAssert.Contains(text, "(app.csproj)");
    }

    [TestMethod]
    public void A_staged_change_is_dirty()
    {
        using GitSandbox box = new();
        box.MakeRepository();
        box.Write("repo/new.cs", "");
        box.Git("repo", "add", "new.cs");
        AssertDirty(box, "repo", "new.cs");
    }

    [TestMethod]
    public void A_deleted_file_is_dirty()
    {
        using GitSandbox box = new();
        box.MakeRepository();
        File.Delete(box["repo/app.csproj"]);
        AssertDirty(box, "repo", "app.csproj");
    }

    [TestMethod]
    public void A_file_that_is_neither_tracked_nor_ignored_is_dirty_and_an_ignored_one_is_not()
    {
        using GitSandbox box = new();
        box.MakeRepository();
        box.Write("repo/.gitignore", "*.user\nlogs/\n");
        box.CommitAll("repo");
        box.Write("repo/app.csproj.user", "");
        box.Write("repo/logs/a.log", "");
        AssertClean(box, "repo");
        box.Write("repo/src/new.cs", "");
        AssertDirty(box, "repo", "src/new.cs");
    }

    [TestMethod]
    public void A_change_elsewhere_in_a_monorepo_is_dirty()
    {
        using GitSandbox box = new();
        box.MakeRepository();
        box.Write("repo/one/one.csproj", "");
        box.Write("repo/two/two.cs", "");
        box.CommitAll("repo");
        box.Write("repo/two/two.cs", "changed");
        AssertDirty(box, "repo/one", "two/two.cs");
    }

    [TestMethod]
    public void What_a_build_leaves_beside_a_project_is_not_dirty_even_where_it_is_tracked()
    {
        using GitSandbox box = new();
        box.MakeRepository();
        box.Write("repo/obj/project.assets.json", "1");
        box.CommitAll("repo");
        box.Write("repo/lib/lib.fsproj", "");
        box.CommitAll("repo");
        box.Write("repo/obj/project.assets.json", "22");
        box.Write("repo/bin/Release/net10.0/app.dll", "");
        box.Write("repo/lib/obj/lib.cache", "");
        AssertClean(box, "repo");
    }

    [TestMethod]
    [DataRow("repo/tools/bin/run.sh", "tools/bin/run.sh")]
    [DataRow("repo/binary/x", "binary/x")]
    [DataRow("repo/bin", "bin")]
    public void A_folder_that_only_looks_like_build_output_is_dirty(string file, string path)
    {
        using GitSandbox box = new();
        box.MakeRepository();
        box.Write(file, "");
        AssertDirty(box, "repo", path);
    }

    [TestMethod]
    [DataRow("../artifacts")]
    [DataRow("../artifacts/")]
    [DataRow("..\\artifacts\\")]
    [DataRow("ABSOLUTE")]
    public void The_given_output_folders_are_not_dirty_however_they_are_written(string folder)
    {
        using GitSandbox box = new();
        box.MakeRepository();
        box.Write("repo/src/src.csproj", "");
        box.CommitAll("repo");
        box.Write("repo/artifacts/publish/app/release/app", "");
        string given = folder == "ABSOLUTE" ? box["repo/artifacts"] : folder;
        Assert.IsFalse(box.Read("repo/src", given).IsDirty);
        box.Write("repo/artifacts2/x", "");
        AssertDirty(box, "repo/src", "artifacts2/x", given);
    }

    [TestMethod]
    [DataRow(".")]
    [DataRow("..")]
    [DataRow("")]
    [DataRow("/")]
    public void An_output_folder_that_holds_the_project_hides_nothing(string folder)
    {
        using GitSandbox box = new();
        box.MakeRepository();
        box.Write("repo/src/one/new.cs", "");
        AssertDirty(box, "repo/src/one", "src/one/new.cs", folder);
    }

    [TestMethod]
    public void Output_folders_are_recognised_through_symbolic_links()
    {
        using GitSandbox box = new();
        box.MakeRepository();
        box.Write("repo/out/app", "");
        Directory.CreateSymbolicLink(box["link"], box["repo"]);
        AssertClean(box, "link", "out");
        AssertClean(box, "repo", box["link/out"]);
    }

    [TestMethod]
    public void A_submodule_at_another_commit_is_dirty()
    {
        using GitSandbox box = new();
        string module = box.MakeRepository("module");
        box.MakeRepository();
        box.Git("repo", "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", module, "sub");
        box.CommitAll("repo");
        AssertClean(box, "repo");
        box.Write("repo/sub/more.cs", "");
        box.CommitAll("repo/sub");
        AssertDirty(box, "repo", "sub");
    }

    [TestMethod]
    public void A_sparse_checkout_is_not_dirty_for_what_it_leaves_out_but_for_what_is_deleted_in_it()
    {
        using GitSandbox box = new();
        box.MakeRepository();
        box.Write("repo/in/kept.cs", "");
        box.Write("repo/in/other.cs", "");
        box.Write("repo/out/deep/left-out.cs", "");
        box.CommitAll("repo");
        box.Git("repo", "sparse-checkout", "init", "--cone", "--no-sparse-index");
        box.Git("repo", "sparse-checkout", "set", "in");
        Assert.IsFalse(Directory.Exists(box["repo/out"]));
        AssertClean(box, "repo");
        File.Delete(box["repo/in/kept.cs"]);
        AssertDirty(box, "repo", "in/kept.cs");
    }

    [TestMethod]
    public void A_large_file_in_the_place_of_its_pointer_is_not_dirty_but_another_one_is()
    {
        using GitSandbox box = new();
        box.MakeRepository();
        string hash = Convert.ToHexStringLower(SHA256.HashData("a model"u8));
        box.Write("repo/model.onnx", $"version https://git-lfs.github.com/spec/v1\noid sha256:{hash}\nsize 7\n");
        box.CommitAll("repo");
        box.Write("repo/model.onnx", "a model");
        AssertClean(box, "repo");
        box.Write("repo/model.onnx", "A model");
        AssertDirty(box, "repo", "model.onnx");
    }

    [TestMethod]
    public void A_moved_file_is_dirty_and_a_touched_one_is_not()
    {
        using GitSandbox box = new();
        box.MakeRepository();
        File.SetLastWriteTimeUtc(box["repo/app.csproj"], new DateTime(2001, 2, 3, 0, 0, 0, DateTimeKind.Utc));
        AssertClean(box, "repo");
        box.Git("repo", "mv", "app.csproj", "moved.csproj");
        Assert.IsTrue(box.Read("repo").IsDirty);
    }

    [TestMethod]
    public void At_most_five_paths_are_named_and_the_rest_is_counted()
    {
        using GitSandbox box = new();
        box.MakeRepository();
        for (int i = 0; i < 8; i++)
        {
            box.Write($"repo/{i}.cs", "");
        }

        Assert.HasCount(5, box.Read("repo").DirtyPaths);
        StringAssert.Contains(box.Sink.Diagnostics.Single().Text, "(0.cs, 1.cs, 2.cs, 3.cs, 4.cs and 3 more)");
    }

    [TestMethod]
    public void A_name_with_a_line_end_in_it_stays_on_one_line_of_the_log()
    {
        using GitSandbox box = new();
        box.MakeRepository();
        box.Write("repo/a\nerror EDGE9999: fake", "");
        Assert.IsTrue(box.Read("repo").IsDirty);
        Assert.DoesNotContain("\n", box.Sink.Diagnostics.Single().Text);
    }

    private static void AssertClean(GitSandbox box, string project, params string[] outputFolders)
    {
        SourceRevision revision = box.Read(project, outputFolders);
        Assert.AreEqual("", string.Join(", ", revision.DirtyPaths));
        Assert.IsFalse(revision.IsDirty);
        Assert.IsNotNull(revision.Commit);
        Assert.IsEmpty(box.Sink.Codes);
    }

    private static void AssertDirty(GitSandbox box, string project, string path, params string[] outputFolders)
    {
        SourceRevision revision = box.Read(project, outputFolders);
        Assert.IsTrue(revision.IsDirty);
        Assert.AreEqual(path, string.Join(", ", revision.DirtyPaths));
        Assert.AreEqual(DiagnosticCodes.DirtyWorkTree, box.Sink.Codes.Single());
    }
}
