using System.Text.RegularExpressions;

namespace EdgeSlim.Tests;

/// <summary>The applications that <c>dotnet new</c> creates, each with the SDK line and nothing else: the mode, and that the image works.</summary>
[TestClass]
[TestCategory(TestKinds.Container)]
[TestCategory(TestKinds.Compiler)]
public sealed partial class ModeOfTemplateTests
{
    public static IEnumerable<object[]> Applications => AllDue() is { Length: > 0 } due ? due : [["none", "", ""]];

    private static object[][] AllDue() =>
    [
        .. Due(0, "mvc", "", "selfcontained: Program.cs(4): MvcServiceCollectionExtensions.AddControllersWithViews (IL2026)"),
        .. Due(1, "webapi", "-controllers", "selfcontained: Program.cs(5): MvcServiceCollectionExtensions.AddControllers (IL2026)"),
        .. Due(2, "razor", "", "selfcontained: Program.cs(4): MvcServiceCollectionExtensions.AddRazorPages (IL2026)"),
        .. Due(3, "blazor", "", "selfcontained: Program.cs(6): RazorComponentsServiceCollectionExtensions.AddRazorComponents (IL2026)"),
        .. Due(5, "grpc", "", "aot: no code needs a larger mode"),
        .. Due(6, "worker", "", "aot: no code needs a larger mode"),
        .. Due(7, "webapiaot", "", "aot: the project asks for it"),
        .. Due(8, "web", "", "aot: no code needs a larger mode"),
        .. Due(9, "webapi", "-lang F#", "selfcontained: Program.fs(25): MvcServiceCollectionExtensions.AddControllers (IL2026)"),
        .. Due(10, "web", "-lang F#", "trimmed: Program.fs("),
        .. Due(10, "mvc", "-lang F#", "selfcontained: Program.fs("),
        .. Due(11, "worker", "-lang F#", "aot: no code needs a larger mode"),
        .. Due(14, "console", "-lang VB", "aot: no code needs a larger mode"),
        .. Due(14, "console", "-lang F#", "aot: no code needs a larger mode"),
    ];

    [TestMethod]
    [DynamicData(nameof(Applications))]
    public void An_application_of_the_NET_SDK_works_in_its_image(string template, string options, string mode)
    {
        if (template == "none")
        {
            Assert.Inconclusive("Each application runs with ./test --all, and in CI by turns.");
        }

        using TemporaryFolder parent = new();
        using AgentProject settings = new();
        string folder = New(parent, settings, template, options.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        string output = settings.DotnetIn(folder, "build", "-c", "Release", "-t:EdgeImage", "-tl:off").Succeeds().Output;

        Assert.Contains($"  mode       {mode}", output);
        Assert.MatchesRegex(@"  trial      ready", output);
    }

    [TestMethod]
    [Rotating(15)]
    public void The_context_that_a_web_API_misses_is_ready_to_paste()
    {
        using TemporaryFolder parent = new();
        using AgentProject settings = new();
        string folder = New(parent, settings, "webapi", []);
        string[] build = ["build", "-c", "Release", "-t:EdgeImage", "-tl:off"];
        string output = settings.DotnetIn(folder, build).Succeeds().Output;
        Assert.Contains("  mode       trimmed: Program.cs(22): no JsonSerializerContext has WeatherForecast[]", output);
        Match context = Context().Match(output);
        Assert.IsTrue(context.Success, output);

        string program = Path.Combine(folder, "Program.cs");
        File.WriteAllText(program, File.ReadAllText(program)
            .Replace("var app = builder.Build();", context.Groups["registration"].Value + "\nvar app = builder.Build();", StringComparison.Ordinal)
            + context.Groups["type"].Value);
        Assert.Contains("  mode       aot: no code needs a larger mode", settings.DotnetIn(folder, build).Succeeds().Output);
    }

    [TestMethod]
    [DataRow("blazorwasm", "EDGE9009")]
    [DataRow("classlib", "EDGE9002")]
    [DataRow("mstest", "EDGE9002")]
    public void A_project_without_a_program_for_the_device_is_refused(string template, string code)
    {
        // Before the user's own publish, since the command line can be seen.
        using TemporaryFolder parent = new();
        using AgentProject settings = new AgentProject().WithoutServers();
        settings.DotnetIn(New(parent, settings, template, []), "publish", "-t:EdgeImage", "-tl:off").FailsWith(code);
    }

    private static IEnumerable<object[]> Due(int turn, string template, string options, string mode) =>
        RotatingAttribute.IsDue(turn) ? [[template, options, mode]] : [];

    private static string New(TemporaryFolder parent, AgentProject settings, string template, string[] options)
    {
        string folder = parent["Show"];
        string[] arguments = ["new", template, "-o", folder, "-n", "Show", "--no-restore", .. options.Select(o => o == "-controllers" ? "--use-controllers" : o)];
        Command.Run(parent.Path, settings.Environment, "dotnet", arguments).Succeeds();
        File.Copy(Path.Combine(settings.Folder, "nuget.config"), Path.Combine(folder, "nuget.config"));
        string file = Directory.GetFiles(folder, "*.*proj").Single();
        File.WriteAllText(file, ProjectElement().Replace(File.ReadAllText(file), $"$0<Sdk Name=\"EdgeSlim.Sdk\" Version=\"{PackedSdk.Version}\" />", 1));
        return folder;
    }

    [GeneratedRegex("<Project[^>]*>")]
    private static partial Regex ProjectElement();

    [GeneratedRegex(@"Add it to the project:\s*\n(?<type>.*?JsonSerializerContext;).*?(?<registration>builder\.Services\.[^\n]*)", RegexOptions.Singleline)]
    private static partial Regex Context();
}
