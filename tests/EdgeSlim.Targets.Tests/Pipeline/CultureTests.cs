namespace EdgeSlim.Tests;

/// <summary>An application with cultures stays on scratch: ICU is linked in, with the data of the cultures that it wants.</summary>
[TestClass]
[TestCategory(TestKinds.Container)]
[TestCategory(TestKinds.Compiler)]
public sealed class CultureTests
{
    private const string Swiss = "de-CH 1’234’567.5 Mittwoch, 4. März 2026 Äpfel,ohr,öl,zebra";

    [TestMethod]
    public void ICU_is_linked_in_with_the_cultures_that_the_project_names()
    {
        using PublishedProject project = new(Apps.Probe);
        string some = Run("scratch", project);
        Assert.Contains(Swiss, some);
        Assert.Contains("sv-SE is not there", some);
        Assert.Contains("2 characters, ", some);
        Assert.DoesNotContain("INTERP", Command.Run("/", "readelf", "-lW", project.Binary).Succeeds().Output);

        // Where ICU is opened instead, a library of the same data stands in the place of the distribution's.
        using PublishedProject dynamic = new(Apps.DynamicProbe);
        Assert.AreEqual(some, Run("sliced", dynamic));

        CommandResult unknown = dynamic.EdgeImage("-p:EdgeCultures=de-XX");
        unknown.FailsWith("EDGE1020");
        Assert.Contains("de-AT, de-BE, de-CH", unknown.Output);
    }

    [TestMethod]
    [Rotating(15)]
    public void ICU_is_linked_in_with_all_cultures()
    {
        using PublishedProject whole = new(Apps.ProbeWithAllCultures);
        string all = Run("scratch", whole);
        Assert.Contains(Swiss, all);
        Assert.Contains("sv-SE 1 234 567,5 onsdag 4 mars 2026 ohr,zebra,Äpfel,öl", all.Replace('\u00a0', ' '));
        Assert.Contains("2 characters, ", all);
        Assert.DoesNotContain("INTERP", Command.Run("/", "readelf", "-lW", whole.Binary).Succeeds().Output);

        using PublishedProject project = new(Apps.Probe);
        string some = Run("scratch", project);
        Assert.AreEqual(Line(all, "de-CH"), Line(some, "de-CH"));
        Assert.AreEqual(Line(all, "ja"), Line(some, "ja"));
        Assert.IsLessThan(new FileInfo(whole.Binary).Length - 8_000_000, new FileInfo(project.Binary).Length);
    }

    private static string Run(string expectedBase, PublishedProject project)
    {
        using DeliveredImage image = DeliveredImage.On(expectedBase, project, project.Commit());
        return Podman.RunWith(
            ["--network=none", "--memory=64m", "--read-only", "--cap-drop=ALL"], image.Reference, "cultures", "de-CH", "ja", "sv-SE").Succeeds().Output;
    }

    private static string Line(string output, string culture) =>
        output.Split('\n').Single(l => l.StartsWith(culture + " ", StringComparison.Ordinal));
}
