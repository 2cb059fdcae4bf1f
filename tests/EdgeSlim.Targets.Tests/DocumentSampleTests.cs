using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Build.Execution;

namespace EdgeSlim.Tests;

/// <summary>The samples in the documents, taken out and given to MSBuild and to the compiler.</summary>
[TestClass]
public sealed partial class DocumentSampleTests
{
    private const string Application = "<PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>";

    private static readonly string Sdk = Path.Combine(Repository.Root, "src/EdgeSlim.Sdk");

    // What a sample may speak of without saying where it comes from.
    private const string Context = """
        global using System.Runtime.InteropServices;
        global using System.Text.Json;
        global using System.Text.Json.Serialization;
        global using Microsoft.Extensions.Hosting;
        global using static Context;

        #pragma warning disable
        public static class Context
        {
            public static string[] args = [];
            public static HostApplicationBuilder builder = null!;
            public static IHost host = null!;
            public static CancellationTokenSource stop = new();
            public static Reading reading = new("", 1);
            public static string a = "", b = "";
        }

        public sealed record Reading(string Sensor, double Value);

        [JsonSerializable(typeof(Reading))]
        public sealed partial class ReadingContext : JsonSerializerContext;

        public sealed class LogCollector : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;
        }

        public static class Program
        {
            public static void Main()
            {
            }
        }
        """;

    [TestMethod]
    public void Each_project_is_evaluated_to_what_it_says()
    {
        using TemporaryFolder folder = new();
        WriteImports(folder);
        IReadOnlyList<(string Document, string Code)> samples = Markdown.AllSamples("xml");
        Assert.IsNotEmpty(samples);
        string[] failures = [.. samples.AsParallel().AsOrdered().SelectMany((sample, i) =>
        {
            XElement project = ProjectOf(XElement.Parse($"<Sample>{sample.Code}</Sample>"));
            ProjectInstance evaluated = InProcessBuild.Evaluate(
                folder.Write($"{i:000}/App.csproj", project.ToString()), CommandLine.Properties([EvaluatedProject.Publishing]));
            return Values(project)
                .Where(p => evaluated.GetPropertyValue(p.Name) != evaluated.ExpandString(p.Value))
                .Select(p => $"{sample.Document}: {p.Name} is '{evaluated.GetPropertyValue(p.Name)}'");
        })];
        Assert.IsEmpty(failures, string.Join('\n', failures));
    }

    [TestMethod]
    [TestCategory(TestKinds.Compiler)]
    public void Each_sample_in_CSharp_is_compiled()
    {
        using TemporaryFolder folder = new();
        WriteImports(folder);
        folder.Write("App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              {Application}
              <PropertyGroup><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable><EdgeConfiguration>true</EdgeConfiguration></PropertyGroup>
              <ItemGroup><EdgeModule Include="monitor;log_collector;trace_sampler" /></ItemGroup>
            </Project>
            """);
        folder.Write("Context.cs", Context);
        IReadOnlyList<(string Document, string Code)> samples = Markdown.AllSamples("csharp");
        Assert.IsNotEmpty(samples);
        for (int i = 0; i < samples.Count; i++)
        {
            folder.Write($"Sample{i}.cs", $$"""
                #pragma warning disable
                internal static class Sample{{i}}
                {
                    public static async Task<int> RunAsync()
                    {
                #line 1 "{{samples[i].Document}}"
                {{samples[i].Code}}
                        return 0;
                    }
                }
                """);
        }

        Command.Run(
            folder.Path, "dotnet", "build", "-nologo", "-tl:off", "-v:q", "-nodeReuse:false", "-p:RunAnalyzers=false", $"-p:EdgeSlimTasksAssembly={InProcessBuild.TasksAssembly}").Succeeds();
    }

    private static XElement ProjectOf(XElement sample)
    {
        XElement project = sample.Element("Project") ?? new XElement(
            "Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            XElement.Parse(Application),
            sample.Elements().Select(Completed));
        project.Elements("Sdk").Remove();
        return project;
    }

    // Each property that a sample sets has to have the value that the sample gives it, when all is read.
    private static IEnumerable<(string Name, string Value)> Values(XElement project) => project.Elements("PropertyGroup").Elements()
        .Where(p => p.Attribute("Condition") is null && !Reference().IsMatch(p.Value))
        .GroupBy(p => p.Name.LocalName)
        .Select(p => (p.Key, p.Last().Value));

    private static XElement Completed(XElement part) => part.Name.LocalName is "PropertyGroup" or "ItemGroup" or "Target" ? part
        : new XElement(part.Attributes().Any(a => a.Name.LocalName is "Include" or "Remove" or "Update") ? "ItemGroup" : "PropertyGroup", part);

    private static void WriteImports(TemporaryFolder folder)
    {
        folder.Write("Directory.Build.props", $"""<Project><Import Project="{Sdk}/Sdk/Sdk.props" /></Project>""");
        folder.Write("Directory.Build.targets", $"""<Project><Import Project="{Sdk}/Sdk/Sdk.targets" /></Project>""");
    }

    [GeneratedRegex(@"[$@%]\(")]
    private static partial Regex Reference();
}
