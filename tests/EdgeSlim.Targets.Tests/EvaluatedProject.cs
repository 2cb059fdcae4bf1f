using Microsoft.Build.Execution;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tests;

/// <summary>A project that imports the .props and .targets files of this checkout, in the process of the tests.</summary>
internal sealed class EvaluatedProject : IDisposable
{
    /// <summary>What <c>dotnet publish</c> hands to MSBuild.</summary>
    public const string Publishing = "-p:_IsPublishing=true";

    /// <summary>The user's build, and not that of the image, which is what most tests are about.</summary>
    public static readonly string[] OfTheUser = ["-p:_EdgeSlimBuild=", "-p:_IsPublishing="];

    // What these projects publish is seldom a program.
    private const string WithoutTrial = "-p:EdgeTrial=off";

    private readonly TemporaryFolder _folder = new();

    public EvaluatedProject(
        string properties = "<OutputType>Exe</OutputType>",
        string framework = "<TargetFramework>net10.0</TargetFramework>",
        string body = "",
        string sdk = "Microsoft.NET.Sdk")
    {
        _folder.Write("App.csproj", ProjectText.With(sdk, $"<PropertyGroup>{framework}{properties}</PropertyGroup>{body}"));
        _folder.Write("Program.cs", "System.Console.WriteLine(1);");
    }

    public string Folder => _folder.Path;

    /// <summary>Variables for its builds. One with another PATH runs in a process of its own: other tests start programs meanwhile.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    public string Write(string relative, string content) => _folder.Write(relative, content);

    /// <summary>The values of properties after evaluation.</summary>
    public IReadOnlyDictionary<string, string> Properties(string[] arguments, params string[] names)
    {
        ProjectInstance project = Evaluate(arguments);
        return names.ToDictionary(n => n, project.GetPropertyValue);
    }

    public string Property(string name, params string[] arguments) => Properties(arguments, name)[name];

    public string[] Items(string name, params string[] arguments) =>
        [.. Evaluate(arguments).GetItems(name).Select(i => i.EvaluatedInclude)];

    /// <summary>Runs targets, with semicolons between them, with the tasks of this checkout.</summary>
    public CommandResult Build(string targets, params string[] arguments)
    {
        if (Environment.ContainsKey("PATH"))
        {
            return Command.Run(
                Folder,
                Environment,
                Path.Combine(InProcessBuild.DotnetFolder, "dotnet"),
                ["msbuild", "-nologo", "-nodeReuse:false", "-tl:off", "-v:n", $"-t:{targets}", $"-p:EdgeSlimTasksAssembly={InProcessBuild.TasksAssembly}", "-p:_EdgeSlimBuild=true", WithoutTrial, .. arguments]);
        }

        (bool succeeded, string output) = InProcessBuild.Run(Evaluate(arguments), targets.Split(';'), LoggerVerbosity.Normal, Environment);
        return new CommandResult(succeeded ? 0 : 1, output);
    }

    public void Dispose() => _folder.Dispose();

    private ProjectInstance Evaluate(string[] arguments) =>
        InProcessBuild.Evaluate(CommandLine.Project(arguments) ?? Path.Combine(Folder, "App.csproj"), CommandLine.Properties([WithoutTrial, .. arguments]));
}
