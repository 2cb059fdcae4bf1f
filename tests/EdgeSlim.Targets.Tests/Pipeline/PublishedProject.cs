using System.Diagnostics;
using System.Text;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tests;

/// <summary>
/// A copy of a published application that belongs to one test: all stages after publishing run on the compiler's real output,
/// in a process that is there already. Options that the compiler or the linker would see have no effect here.
/// </summary>
internal sealed class PublishedProject : IImageProject, IDisposable
{
    // The encoder that finds the smallest form takes longer than the rest of a build, and so does a trial. Tests of sizes and of trials ask
    // for them.
    private static readonly string[] Cheap = [$"-p:EdgeCacheDir={PublishedApp.Libraries}", "-p:EdgeCompressionLevel=fast", "-p:EdgeTrial=off"];

    private readonly Lock _turn = new();
    private readonly TemporaryFolder _folder = new();
    private readonly PublishedApp _app;
    private readonly List<int> _children = [];
    private string _commit = "";

    public PublishedProject(PublishedApp app, string body = "")
    {
        _app = app;
        Command.Run("/", "cp", "-a", "--reflink=auto", app.Folder + "/.", Folder).Succeeds();
        foreach (string file in Directory.GetFiles(Path.Combine(Folder, "obj"), "*.nuget.*").Append(Path.Combine(Folder, "obj/project.assets.json"))
            .Concat(Directory.GetFiles(Path.Combine(Folder, "obj"), "*.sarif", SearchOption.AllDirectories)))
        {
            File.WriteAllText(file, File.ReadAllText(file).Replace(app.BuildFolder, Folder, StringComparison.Ordinal));
        }

        _folder.Write(
            $"{app.Name}.csproj", ProjectText.With(app.Sdk, app.Body + body, $"""<Import Project="{app.Recording}" />"""));
        _folder.Write(".gitignore", "bin/\nobj/\n");
    }

    public string Name => _app.Name;

    /// <summary>What its image is called in the container engine, which tests that run at the same time share.</summary>
    public string ImageName => $"{Name}-{Path.GetFileName(Folder)}".ToLowerInvariant();

    public string Folder => _folder.Path;

    public string EdgeFolder => Path.Combine(Folder, "bin/Release/net10.0/linux-x64/edge");

    public string Layout => Path.Combine(EdgeFolder, "oci");

    public string Binary => Path.Combine(Folder, $"bin/edge/Release/net10.0/linux-x64/native/{Name}");

    public string PublishedBinary => Path.Combine(Folder, $"bin/edge/Release/net10.0/linux-x64/publish/{Name}");

    /// <summary>The tag of its image: the beginning of its commit.</summary>
    public string Tag => _commit[..12];

    /// <summary>Variables for its builds.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    /// <summary>The processes that were started for it.</summary>
    public IReadOnlyList<int> Children => _children;

    private string ProjectFile => Path.Combine(Folder, $"{Name}.csproj");

    public string Write(string relative, string content) => _folder.Write(relative, content);

    /// <summary>Commits everything.</summary>
    /// <returns>The commit.</returns>
    public string Commit() => _commit = GitRepository.Commit(Folder);

    /// <summary>Runs the target EdgeImage as <c>dotnet publish -t:EdgeImage</c> does.</summary>
    public CommandResult EdgeImage(params string[] arguments) => Publish("Publish;_EdgeSlimMakeImage", LoggerVerbosity.Minimal, arguments);

    /// <summary>Runs targets as <c>dotnet publish</c> does.</summary>
    public CommandResult Publish(string targets, LoggerVerbosity verbosity, params string[] arguments) =>
        Run(targets, verbosity, CommandLine.Properties(All(arguments)));

    /// <summary>Runs targets as <c>dotnet msbuild</c> does.</summary>
    public CommandResult Build(string targets, params string[] arguments) =>
        Run(targets, LoggerVerbosity.Minimal, CommandLine.Properties([.. Cheap, .. arguments]));

    /// <summary>
    /// Starts targets in a process of their own, to be interrupted: through env, because a shell's background job, as the tests
    /// may be, hands down that SIGINT is ignored.
    /// </summary>
    public Process Start(string targets, out StringBuilder output, params string[] arguments)
    {
        Process process = Command.Start(Folder, Environment, "env", CommandOf(targets, arguments), out output);
        _children.Add(process.Id);
        return process;
    }

    public void Dispose() => _folder.Dispose();

    private CommandResult Run(string targets, LoggerVerbosity verbosity, Dictionary<string, string> properties)
    {
        // The tests of a class may share it.
        lock (_turn)
        {
            return BuildProcess.Run(new BuildRequest
            {
                Project = ProjectFile,
                Properties = properties,
                Targets = targets.Split(';'),
                Verbosity = verbosity,
                Environment = Environment,
            });
        }
    }

    private string[] All(string[] arguments) =>
        ["-p:Configuration=Release", "-p:_IsPublishing=true", .. Cheap, .. _app.Options, .. arguments];

    private string[] CommandOf(string targets, string[] arguments) =>
    [
        "--default-signal=INT", Path.Combine(InProcessBuild.DotnetFolder, "dotnet"), "msbuild", ProjectFile, "-nologo", "-nodeReuse:false", "-tl:off",
        "-v:m", $"-t:{targets}", $"-p:EdgeSlimTasksAssembly={InProcessBuild.TasksAssembly}", "-p:_EdgeSlimBuild=true",

        // On the command line a semicolon begins the next property.
        .. CommandLine.Properties(All(arguments)).Select(p => $"-p:{p.Key}={p.Value.Replace(";", "%3B", StringComparison.Ordinal)}"),
    ];
}
