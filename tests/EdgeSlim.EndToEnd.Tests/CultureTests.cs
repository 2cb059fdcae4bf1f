namespace EdgeSlim.Tests;

/// <summary>An application with cultures stays on scratch: ICU is linked in, with the data of the cultures that it wants.</summary>
[TestClass]
public sealed class CultureTests
{
    private const string Code =
        """
        using System.Globalization;
        foreach (string name in args)
        {
            try
            {
                CultureInfo culture = new(name);
                string[] words = ["zebra", "öl", "Äpfel", "ohr"];
                Console.WriteLine(string.Join(' ',
                    name, 1234567.5.ToString("N1", culture), new DateTime(2026, 3, 4).ToString("D", culture),
                    string.Join(',', words.Order(StringComparer.Create(culture, false)))));
            }
            catch (CultureNotFoundException)
            {
                Console.WriteLine(name + " is not there");
            }
        }

        Console.WriteLine($"{"é".Normalize(System.Text.NormalizationForm.FormD).Length} characters, {CultureInfo.GetCultures(CultureTypes.AllCultures).Length} cultures");
        """;

    [TestMethod]
    public void ICU_is_linked_in_with_the_cultures_that_the_project_names()
    {
        using AgentProject project = new("Texts", properties: "<EdgeGlobalization>icu</EdgeGlobalization>", code: Code);
        string commit = project.Commit();
        string image = $"localhost/texts:{commit[..12]}";
        project.EdgeImage("-p:EdgeLoad=true").Succeeds();
        long withAll = new FileInfo(project.Binary).Length;
        string all = Run(image);
        Assert.Contains("de-CH 1’234’567.5 Mittwoch, 4. März 2026 Äpfel,ohr,öl,zebra", all);
        Assert.Contains("sv-SE 1 234 567,5 onsdag 4 mars 2026 ohr,zebra,Äpfel,öl", all.Replace('\u00a0', ' '));
        Assert.Contains("2 characters, ", all);
        Assert.DoesNotContain("INTERP", Command.Run("/", "readelf", "-lW", project.Binary).Succeeds().Output);

        project.EdgeImage("-p:EdgeLoad=true", "-p:EdgeCultures=de-CH%3Bja").Succeeds();
        string some = Run(image);
        Assert.AreEqual(Line(all, "de-CH"), Line(some, "de-CH"));
        Assert.AreEqual(Line(all, "ja"), Line(some, "ja"));
        Assert.Contains("sv-SE is not there", some);
        Assert.Contains("2 characters, ", some);
        Assert.IsLessThan(withAll - 8_000_000, new FileInfo(project.Binary).Length);

        // Where ICU is opened instead, a library of the same data stands in the place of the distribution's.
        project.EdgeImage("-p:EdgeLoad=true", "-p:EdgeCultures=de-CH%3Bja", "-p:EdgeStatic=false").Succeeds();
        Assert.AreEqual(some, Run(image));

        CommandResult unknown = project.EdgeImage("-p:EdgeCultures=de-XX");
        unknown.FailsWith("EDGE1020");
        Assert.Contains("de-AT, de-BE, de-CH", unknown.Output);
    }

    private static string Run(string image)
    {
        try
        {
            return Podman.RunWith(
                ["--network=none", "--memory=64m", "--read-only", "--cap-drop=ALL"], image, "de-CH", "ja", "sv-SE").Succeeds().Output;
        }
        finally
        {
            Podman.Remove(image);
        }
    }

    private static string Line(string output, string culture) =>
        output.Split('\n').Single(l => l.StartsWith(culture + " ", StringComparison.Ordinal));
}
