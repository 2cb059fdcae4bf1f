using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>A project that imports the .props and .targets files of this checkout, evaluated by the real MSBuild.</summary>
internal sealed class EvaluatedProject : IDisposable
{
    /// <summary>What <c>dotnet publish</c> hands to MSBuild.</summary>
    public const string Publishing = "-p:_IsPublishing=true";

    private static readonly string Sdk = Path.Combine(Repository.Root, "src/EdgeSlim.Sdk");

    private readonly TemporaryFolder _folder = new();

    public EvaluatedProject(
        string properties = "<OutputType>Exe</OutputType>",
        string framework = "<TargetFramework>net10.0</TargetFramework>",
        string body = "",
        string sdk = "Microsoft.NET.Sdk")
    {
        // The order of <Project Sdk="Microsoft.NET.Sdk"> with <Sdk Name="EdgeSlim.Sdk" /> inside.
        _folder.Write(
            "App.csproj",
            $"""
            <Project>
              <Import Project="Sdk.props" Sdk="{sdk}" />
              <Import Project="{Sdk}/Sdk/Sdk.props" />
              <PropertyGroup>
                {framework}
                {properties}
              </PropertyGroup>
              {body}
              <Import Project="{Sdk}/Sdk/Sdk.targets" />
              <Import Project="Sdk.targets" Sdk="{sdk}" />
            </Project>
            """);
        _folder.Write("Program.cs", "System.Console.WriteLine(1);");
    }

    public string Folder => _folder.Path;

    /// <summary>What MSBuild finds in its environment.</summary>
    public Dictionary<string, string?> Environment { get; } =
        new() { ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0" };

    public string Write(string relative, string content) => _folder.Write(relative, content);

    /// <summary>The values of properties after evaluation.</summary>
    public IReadOnlyDictionary<string, string> Properties(string[] arguments, params string[] names)
    {
        // With a single name MSBuild prints the bare value instead of a document.
        CommandResult result = MSBuild([.. arguments, $"-getProperty:{string.Join(',', names)},MSBuildProjectName"]).Succeeds();
        using JsonDocument document = JsonDocument.Parse(result.Output);
        return document.RootElement.GetProperty("Properties").EnumerateObject()
            .ToDictionary(p => p.Name, p => p.Value.GetString()!);
    }

    public string Property(string name, params string[] arguments) => Properties(arguments, name)[name];

    public string[] Items(string name, params string[] arguments)
    {
        CommandResult result = MSBuild([.. arguments, $"-getItem:{name}"]).Succeeds();
        using JsonDocument document = JsonDocument.Parse(result.Output);
        return [.. document.RootElement.GetProperty("Items").GetProperty(name).EnumerateArray()
            .Select(i => i.GetProperty("Identity").GetString()!)];
    }

    /// <summary>Runs a target with the tasks of this checkout.</summary>
    public CommandResult Build(string target, params string[] arguments) =>
        MSBuild([$"-t:{target}", "-tl:off", "-v:n", .. arguments]);

    public void Dispose() => _folder.Dispose();

    private CommandResult MSBuild(string[] arguments) => Command.Run(
        Folder,
        Environment,
        "dotnet",
        ["msbuild", "-nologo", $"-p:EdgeSlimTasksAssembly={TasksAssembly}", .. arguments]);

    public static string TasksAssembly { get; } = Path.Combine(
        Repository.Root, $"src/EdgeSlim.Tasks/bin/{Repository.Configuration}/net10.0/EdgeSlim.Tasks.dll");
}
