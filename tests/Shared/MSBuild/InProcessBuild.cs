using System.Text;
using Microsoft.Build.Definition;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Execution;
using Microsoft.Build.Framework;
using Microsoft.Build.Logging;

namespace EdgeSlim.Tests;

/// <summary>
/// MSBuild within this process. Evaluations run in parallel. Builds run in series, because a build owns the
/// current folder and the environment variables of its process.
/// </summary>
internal static class InProcessBuild
{
    public static readonly string TasksAssembly = Path.Combine(
        Repository.Root, $"src/EdgeSlim.Tasks/bin/{Repository.Configuration}/net10.0/EdgeSlim.Tasks.dll");

    /// <summary>The folder that holds the program <c>dotnet</c>.</summary>
    public static readonly string DotnetFolder =
        Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

    /// <summary>The folder of the .NET SDK.</summary>
    public static readonly string DotnetSdk = MSBuildRegistration.Folder;

    // What the user's build gives to the build of the image. A test of the user's build sets them to nothing.
    private static readonly Dictionary<string, string> ImageBuild = new() { ["_EdgeSlimBuild"] = "true", ["_IsPublishing"] = "true" };

    private static readonly Lock Series = new();

    /// <summary>Keeps the parsed files of the .NET SDK, and reads a file again when it has changed.</summary>
    private static readonly ProjectCollection Projects = new(
        globalProperties: null,
        loggers: null,
        remoteLoggers: null,
        ToolsetDefinitionLocations.Default,
        maxNodeCount: 1,
        onlyLogCriticalEvents: false,
        loadProjectsReadOnly: true,
        useAsynchronousLogging: false,
        reuseProjectRootElementCache: true);

    /// <summary>Evaluates a project, which is to use the tasks of this checkout.</summary>
    /// <param name="project">The path of the project.</param>
    /// <param name="properties">The global properties.</param>
    public static ProjectInstance Evaluate(string project, IReadOnlyDictionary<string, string> properties) => ProjectInstance.FromFile(
        project,
        new ProjectOptions
        {
            GlobalProperties = new Dictionary<string, string>(properties.Concat(ImageBuild.ExceptBy(properties.Keys, p => p.Key))) { ["EdgeSlimTasksAssembly"] = TasksAssembly },
            ProjectCollection = Projects,
        });

    /// <summary>Runs targets, with the output that <c>dotnet msbuild -tl:off</c> prints.</summary>
    /// <param name="instance">The evaluated project. It holds the items and properties that the targets add.</param>
    /// <param name="targets">The targets, in order.</param>
    /// <param name="verbosity">Of the output.</param>
    /// <param name="environment">Variables for the duration of the build.</param>
    public static (bool Succeeded, string Output) Run(
        ProjectInstance instance, string[] targets, LoggerVerbosity verbosity, IReadOnlyDictionary<string, string?> environment)
    {
        StringBuilder output = new();
        // As of several nodes, which is the default of the command line: errors end with their project.
        ConsoleLogger logger = new(verbosity, text => output.Append(text), _ => { }, () => { }) { Parameters = "ENABLEMPLOGGING;SHOWPROJECTFILE=TRUE" };
        lock (Series)
        {
            string folder = Directory.GetCurrentDirectory();
            Dictionary<string, string?> before = environment.ToDictionary(v => v.Key, v => Environment.GetEnvironmentVariable(v.Key));
            Set(environment);
            try
            {
                BuildParameters parameters = new(Projects)
                {
                    EnableNodeReuse = false,
                    Loggers = [logger],
                    MaxNodeCount = 1,
                    ShutdownInProcNodeOnBuildFinish = true,
                };
                BuildResult result = BuildManager.DefaultBuildManager.Build(
                    parameters, new BuildRequestData(instance, targets, null, BuildRequestDataFlags.ReplaceExistingProjectInstance));
                return (result.OverallResult == BuildResultCode.Success, output.ToString());
            }
            finally
            {
                Set(before);
                Directory.SetCurrentDirectory(folder);
            }
        }
    }

    private static void Set(IReadOnlyDictionary<string, string?> variables)
    {
        foreach ((string name, string? value) in variables)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}
