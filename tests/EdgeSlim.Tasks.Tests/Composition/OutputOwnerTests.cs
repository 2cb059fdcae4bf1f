using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Tests.LinkChecks;

namespace EdgeSlim.Tests.Composition;

/// <summary>A folder with images belongs to one project, and a layout to the build that wrote it last.</summary>
[TestClass]
public sealed class OutputOwnerTests
{
    [TestMethod]
    public void The_first_project_has_the_folder_and_comes_back_to_it()
    {
        using TemporaryFolder folder = new();
        OutputOwner.Claim(folder["out"], folder["one/One.csproj"], "One", isChosen: true);
        OutputOwner.Claim(folder["out"], folder["one/One.csproj"], "One", isChosen: true);

        EdgeException e = Refused(() => OutputOwner.Claim(folder["out"], folder["two/Two.csproj"], "Two", isChosen: true));
        Assert.AreEqual(DiagnosticCodes.OutputOfAnother, e.Code);
        Assert.Contains("One.csproj (One)", e.Message);
        Assert.Contains($"EdgeOutputPath={folder["out/Two"]}/", e.Message);
    }

    [TestMethod]
    public void A_file_that_is_empty_or_of_somebody_else_is_no_owner_of_ours()
    {
        using TemporaryFolder folder = new();
        foreach (string content in (string[])["", "\n", "other.csproj"])
        {
            folder.Write($"out/{OutputOwner.FileName}", content);
            Assert.AreEqual(DiagnosticCodes.OutputOfAnother, Refused(() => OutputOwner.Claim(folder["out"], folder["App.csproj"], "App", isChosen: false)).Code);
        }
    }

    [TestMethod]
    public void A_layout_that_others_made_is_left_alone_where_the_user_chose_the_folder()
    {
        using TemporaryFolder folder = new();
        folder.Write("out/oci/index.json", "{}");
        EdgeException e = Refused(() => OutputOwner.Claim(folder["out"], folder["App.csproj"], "App", isChosen: true));
        Assert.AreEqual(DiagnosticCodes.OutputNotOurs, e.Code);
        Assert.AreEqual("{}", File.ReadAllText(folder["out/oci/index.json"]));
        Assert.IsFalse(File.Exists(folder[$"out/{OutputOwner.FileName}"]));

        // In the project's own output nobody else writes; an earlier version left no mark.
        OutputOwner.Claim(folder["out"], folder["App.csproj"], "App", isChosen: false);
    }

    [TestMethod]
    public void Of_two_projects_at_once_one_gets_the_folder()
    {
        using TemporaryFolder folder = new();
        int refused = 0;
        Parallel.For(0, 16, i =>
        {
            try
            {
                OutputOwner.Claim(folder["out"], folder[$"{i % 4}.csproj"], "App", isChosen: true);
            }
            catch (EdgeException e) when (e.Code == DiagnosticCodes.OutputOfAnother)
            {
                Interlocked.Increment(ref refused);
            }
        });

        Assert.AreEqual(12, refused);
        Assert.HasCount(1, Directory.GetFileSystemEntries(folder["out"]));
    }

    [TestMethod]
    public void A_folder_that_cannot_be_written_is_named()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("out", "a file");
        Assert.AreEqual(DiagnosticCodes.OutputNotWritable, Refused(() => OutputOwner.Claim(file, folder["App.csproj"], "App", isChosen: true)).Code);
    }

    [TestMethod]
    public void What_another_build_wrote_into_the_layout_is_neither_believed_nor_delivered()
    {
        using TemporaryFolder folder = new();
        SampleLayout sample = new(folder);
        sample.Layer(tar => tar.Text("app/one", "one"));
        sample.Check();
        string layout = sample.Layout.Folder;
        string noted = folder["composed.txt"];
        Digest first = sample.Layout.ReadTree().Root.Digest;
        File.WriteAllText(noted, $"{first}\n");
        ComposedDigest.ForgetUnlessIn(noted, layout);
        ComposedDigest.Require(noted, layout);

        sample.Layer(tar => tar.Text("app/two", "two"));
        sample.Check();
        EdgeException e = Refused(() => ComposedDigest.Require(noted, layout));
        Assert.AreEqual(DiagnosticCodes.LayoutReplaced, e.Code);
        Assert.Contains(first.ToString(), e.Message);
        ComposedDigest.ForgetUnlessIn(noted, layout);
        Assert.IsFalse(File.Exists(noted));
        Assert.AreEqual(DiagnosticCodes.LayoutReplaced, Refused(() => ComposedDigest.Require(noted, layout)).Code);

        // One that is damaged or gone holds nothing.
        File.WriteAllText(noted, $"{sample.Layout.ReadTree().Root.Digest}\n");
        File.WriteAllText(Path.Combine(layout, "index.json"), "{");
        ComposedDigest.ForgetUnlessIn(noted, layout);
        Assert.IsFalse(File.Exists(noted));
    }

    private static EdgeException Refused(Action action) => Assert.ThrowsExactly<EdgeException>(action);
}
