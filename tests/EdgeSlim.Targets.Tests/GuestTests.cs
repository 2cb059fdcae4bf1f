using Microsoft.Build.Execution;

namespace EdgeSlim.Tests;

/// <summary>Without EdgeImage the SDK line has no effect: each build of the user sees what it saw without the line.</summary>
[TestClass]
public sealed class GuestTests
{
    private const string Exe = "<OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>";

    /// <summary>The list of the differences that are intended, with the prefixes of our own names.</summary>
    private static readonly string[] Ours = ["Edge", "_EdgeSlim", "BeforeMicrosoftNETSdkTargets", "MSBuildAllProjects"];

    [TestMethod]
    [DataRow("Microsoft.NET.Sdk", ".csproj", Exe, DisplayName = "console")]
    [DataRow("Microsoft.NET.Sdk", ".fsproj", Exe, DisplayName = "F#")]
    [DataRow("Microsoft.NET.Sdk", ".vbproj", Exe, DisplayName = "Visual Basic")]
    [DataRow("Microsoft.NET.Sdk.Web", ".csproj", "<TargetFramework>net10.0</TargetFramework>", DisplayName = "web")]
    [DataRow("Microsoft.NET.Sdk.Worker", ".csproj", "<TargetFramework>net10.0</TargetFramework>", DisplayName = "worker")]
    [DataRow("Microsoft.NET.Sdk.Razor", ".csproj", "<TargetFramework>net10.0</TargetFramework>", DisplayName = "Razor library")]
    [DataRow("Microsoft.NET.Sdk", ".csproj", "<TargetFramework>net10.0</TargetFramework>", DisplayName = "library")]
    [DataRow("Microsoft.NET.Sdk", ".csproj", Exe + "<IsTestProject>true</IsTestProject>", DisplayName = "tests")]
    [DataRow("Microsoft.NET.Sdk", ".csproj", Exe + "<PackAsTool>true</PackAsTool>", DisplayName = "tool")]
    [DataRow("Microsoft.NET.Sdk", ".csproj", Exe + "<PublishAot>true</PublishAot>", DisplayName = "Native AOT")]
    [DataRow("Microsoft.NET.Sdk", ".csproj", Exe + "<PublishTrimmed>true</PublishTrimmed><SelfContained>true</SelfContained><RuntimeIdentifiers>win-x64;linux-x64;osx-arm64</RuntimeIdentifiers>", DisplayName = "trimmed, for six platforms")]
    [DataRow("Microsoft.NET.Sdk", ".csproj", "<OutputType>Exe</OutputType><TargetFrameworks>net10.0;net9.0</TargetFrameworks>", DisplayName = "several frameworks")]
    [DataRow("Microsoft.NET.Sdk", ".csproj", Exe + "<UseArtifactsOutput>true</UseArtifactsOutput>", DisplayName = "artifacts folder")]
    public void Properties_and_items_of_the_NET_SDK_are_those_without_the_line(string sdk, string extension, string properties)
    {
        using TemporaryFolder plain = new();
        using TemporaryFolder line = new();
        using TemporaryFolder props = new();
        string body = $"<PropertyGroup>{properties}</PropertyGroup>";
        string without = $"""<Project><Import Project="Sdk.props" Sdk="{sdk}" />{body}<Import Project="Sdk.targets" Sdk="{sdk}" /></Project>""";
        foreach (TemporaryFolder folder in (TemporaryFolder[])[plain, line, props])
        {
            folder.Write("Directory.Build.props", "<Project />");
            folder.Write("Code" + Path.ChangeExtension(extension, null) + (extension == ".fsproj" ? ".fs" : extension == ".vbproj" ? ".vb" : ".cs"), "");
            folder.Write("App" + extension, without);
        }

        line.Write("App" + extension, ProjectText.With(sdk, body));
        props.Write("Directory.Build.props", $"""<Project><Import Project="{ProjectText.Sdk}/Sdk/Sdk.props" /><Import Project="{ProjectText.Sdk}/Sdk/Sdk.targets" /></Project>""");

        foreach (string[] command in (string[][])
            [
                [],
                ["-p:Configuration=Release", "-p:_IsPublishing=true"],
                ["-p:Configuration=Release", "-p:_IsPublishing=true", "-p:RuntimeIdentifier=win-x64", "-p:SelfContained=true"],
                ["-p:Configuration=Release", "-p:_IsPacking=true"],
            ])
        {
            SortedDictionary<string, string> expected = Evaluated(plain, extension, command);
            Assert.IsGreaterThan(300, expected.Count);
            foreach (TemporaryFolder folder in (TemporaryFolder[])[line, props])
            {
                SortedDictionary<string, string> seen = Evaluated(folder, extension, command);
                string[] different = [.. expected.Keys.Union(seen.Keys).Where(k => expected.GetValueOrDefault(k) != seen.GetValueOrDefault(k))];
                Assert.IsEmpty(different, string.Join('\n', different.Take(5).Select(k => $"{k}: {expected.GetValueOrDefault(k)} | {seen.GetValueOrDefault(k)}")));
            }
        }
    }

    private static SortedDictionary<string, string> Evaluated(TemporaryFolder folder, string extension, string[] command)
    {
        ProjectInstance project = InProcessBuild.Evaluate(
            Path.Combine(folder.Path, "App" + extension), CommandLine.Properties([.. EvaluatedProject.OfTheUser, .. command]));
        SortedDictionary<string, string> all = new(StringComparer.Ordinal);
        foreach (ProjectPropertyInstance property in project.Properties.Where(p => !IsOurs(p.Name)))
        {
            all["property " + property.Name] = Normal(property.EvaluatedValue, folder);
        }

        foreach (IGrouping<string, ProjectItemInstance> items in project.Items.Where(i => !IsOurs(i.ItemType)).GroupBy(i => i.ItemType))
        {
            all["item " + items.Key] = Normal(string.Join('\n', items.Select(i => i.EvaluatedInclude + string.Concat(i.Metadata
                .OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => $"|{m.Name}={m.EvaluatedValue}")))), folder);
        }

        return all;
    }

    // MSBuild turns a backslash into a slash where such a folder is in the current one.
    private static string Normal(string text, TemporaryFolder folder) =>
        text.Replace('\\', '/').Replace("//", "/", StringComparison.Ordinal).Replace(folder.Path[1..], "app", StringComparison.Ordinal);

    private static bool IsOurs(string name) => Ours.Any(o => name.StartsWith(o, StringComparison.Ordinal));
}
