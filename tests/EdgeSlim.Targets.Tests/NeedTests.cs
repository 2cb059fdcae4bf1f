namespace EdgeSlim.Tests;

/// <summary>What the project says of needs, and when they are looked for.</summary>
[TestClass]
public sealed class NeedTests
{
    private const string OnScratch = "-p:ContainerBaseImage=scratch";

    [TestMethod]
    [DataRow("", "true", "true")]
    [DataRow("<EdgeGlobalization>auto</EdgeGlobalization>", "true", "true")]
    [DataRow("<EdgeGlobalization>invariant</EdgeGlobalization>", "true", "false")]
    [DataRow("<EdgeGlobalization>icu</EdgeGlobalization>", "false", "false")]
    [DataRow("<InvariantGlobalization>true</InvariantGlobalization>", "true", "false")]
    [DataRow("<InvariantGlobalization>false</InvariantGlobalization>", "false", "false")]
    public void EdgeGlobalization_says_whether_there_are_cultures_and_who_chose(string property, string invariant, string byDefault)
    {
        using EvaluatedProject project = new("<OutputType>Exe</OutputType>" + property);
        IReadOnlyDictionary<string, string> seen = project.Properties(
            [EvaluatedProject.Publishing], "InvariantGlobalization", "_EdgeSlimInvariantByDefault");

        Assert.AreEqual(invariant, seen["InvariantGlobalization"]);
        Assert.AreEqual(byDefault, seen["_EdgeSlimInvariantByDefault"]);
    }

    [TestMethod]
    [DataRow("-p:EdgeGlobalization=some")]
    [DataRow("-p:EdgeGlobalization=icu", "-p:InvariantGlobalization=true")]
    [DataRow("-p:EdgeGlobalization=invariant", "-p:InvariantGlobalization=false")]
    public void A_globalization_that_is_none_or_contradicts_is_refused_before_anything_is_compiled(params string[] properties)
    {
        using EvaluatedProject project = new();
        project.Build("BeforeBuild", [EvaluatedProject.Publishing, "-p:PublishAot=false", .. properties]).FailsWith("EDGE9004");
    }

    [TestMethod]
    public void An_unknown_need_is_refused_before_anything_is_compiled()
    {
        using EvaluatedProject project = new(body: "<ItemGroup><EdgeNeed Include=\"tzdata;timezones;tsl\" /></ItemGroup>");
        CommandResult result = project.Build("BeforeBuild", EvaluatedProject.Publishing, "-p:PublishAot=false");

        result.FailsWith("EDGE2020");
        Assert.Contains("'timezones, tsl' is not known. There are: tls, crypto, ", result.Output);
    }

    [TestMethod]
    public void There_is_an_item_for_each_known_need_before_the_projects_body()
    {
        using EvaluatedProject project = new();
        CollectionAssert.AreEqual(
            new[] { "tls", "crypto", "ca-certificates", "tzdata", "icu", "user", "tmp", "file-watching", "child-processes", "dns", "shell" },
            project.Items("EdgeNeed"));
    }

    [TestMethod]
    [DataRow("<EdgeNeed Include=\"shell\" />", "EDGE2021")]
    [DataRow("<EdgeNeed Include=\"shell\" /><EdgeNeed Include=\"shell\" Needed=\"false\" />", "")]
    [DataRow("<EdgeNeed Include=\"shell\" /><EdgeNeed Remove=\"shell\" />", "")]
    [DataRow("<EdgeNeed Remove=\"shell\" /><EdgeNeed Include=\"shell\" />", "EDGE2021")]
    [DataRow("<EdgeNeed Update=\"shell\" Needed=\"false\" />", "")]
    [DataRow("<EdgeNeed Include=\"tzdata;ca-certificates\" />", "")]
    [DataRow("<EdgeNeed Include=\"user;dns;tmp\" />", "")]
    [DataRow("<EdgeNeed Include=\"ca-certificates\" /><EdgeInclude Include=\"App\" TargetPath=\"/etc/ssl/certs/all.crt\" />", "")]
    [DataRow("<EdgeNeed Include=\"tzdata\" /><ContainerEnvironmentVariable Include=\"TZDIR\" Value=\"/app/zones\" />", "")]
    public void What_the_project_asks_for_and_nobody_gives_is_said(string items, string code)
    {
        using EvaluatedProject project = Faked(items);
        CommandResult result = project.Build("_EdgeSlimReport", EvaluatedProject.Publishing, OnScratch);

        if (code.Length > 0)
        {
            result.FailsWith(code);
        }
        else
        {
            Assert.DoesNotContain("EDGE20", result.Succeeds().Output);
        }
    }

    [TestMethod]
    [DataRow("tls")]
    [DataRow("crypto")]
    [DataRow("icu")]
    public void What_the_application_breaks_without_stops_the_run_before_anything_is_composed(string need)
    {
        using EvaluatedProject project = Faked($"<EdgeNeed Include=\"{need}\" />");
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing).FailsWith("EDGE2021");

        Assert.IsFalse(Directory.Exists(Path.Combine(project.Folder, "bin/edge/oci")));
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing, "-p:StaticOpenSslLinking=true", "-p:StaticICULinking=true").Succeeds();
    }

    [TestMethod]
    public void Needs_are_looked_for_again_only_when_something_changed_and_what_is_missing_is_said_each_time()
    {
        using EvaluatedProject project = Faked("<EdgeNeed Include=\"shell\" />");
        project.Build("_EdgeSlimReport", EvaluatedProject.Publishing, OnScratch).FailsWith("EDGE2021");

        CommandResult second = project.Build("_EdgeSlimReport", EvaluatedProject.Publishing, OnScratch);
        Assert.Contains("Skipping target \"_EdgeSlimNeeds\"", second.Output);
        second.FailsWith("EDGE2021");

        string changed = project.Build("_EdgeSlimReport", EvaluatedProject.Publishing, OnScratch, "-p:InvariantTimezone=true").Output;
        Assert.DoesNotContain("Skipping target \"_EdgeSlimNeeds\"", changed);
    }

    /// <summary>A project whose publish is a file that is there already.</summary>
    private static EvaluatedProject Faked(string items)
    {
        EvaluatedProject project = new(
            "<OutputType>Exe</OutputType><OutDir>bin/</OutDir><PublishDir>bin/publish/</PublishDir>",
            body: $"<ItemGroup><ResolvedFileToPublish Include=\"App\" RelativePath=\"App\" />{items}</ItemGroup>");
        project.Write("App", StageTests.Program);
        return project;
    }
}
