using System.Diagnostics;
using System.Text;

namespace EdgeSlim.Tests;

/// <summary>A user's project with the packed SDK, in a git repository of its own.</summary>
internal sealed class AgentProject : IImageProject, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>
    /// What every command of the tests runs with: no leftover processes but the compiler's server, which saves each of them
    /// seconds and ends with the tests, and no configuration of this machine.
    /// </summary>
    private static readonly Dictionary<string, string?> BaseEnvironment = new()
    {
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["DOTNET_NOLOGO"] = "1",
        ["UseSharedCompilation"] = "true",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GITHUB_SHA"] = null,
        ["GITHUB_STEP_SUMMARY"] = null,
        ["SOURCE_DATE_EPOCH"] = null,
        ["EdgeCacheDir"] = PackedSdk.Cache,
    };

    public AgentProject(
        string name = "Agent",
        string properties = "",
        string items = "",
        string code = "Console.WriteLine(\"ready\");",
        string sdk = "Microsoft.NET.Sdk",
        string outputType = "Exe",
        string framework = "<TargetFramework>net10.0</TargetFramework>")
    {
        Name = name;
        _folder.Write(
            "nuget.config",
            $"""
            <configuration><packageSources><add key="edgeslim-test" value="{PackedSdk.Feed}" /></packageSources></configuration>
            """);
        _folder.Write(
            $"{name}.csproj",
            $"""
            <Project Sdk="{sdk}">
              <Sdk Name="EdgeSlim.Sdk" Version="{PackedSdk.Version}" />
              <PropertyGroup>
                <OutputType>{outputType}</OutputType>
                {framework}
                <ImplicitUsings>enable</ImplicitUsings>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                {items}
              </ItemGroup>
            </Project>
            """);
        _folder.Write("Program.cs", code);
        _folder.Write(".gitignore", "bin/\nobj/\n");
    }

    public string Name { get; }

    public string ImageName => Name.ToLowerInvariant();

    public string Folder => _folder.Path;

    public string EdgeFolder => Path.Combine(Folder, "bin/Release/net10.0/linux-x64/edge");

    public string Layout => Path.Combine(EdgeFolder, "oci");

    public string Binary => Path.Combine(Folder, $"bin/Release/net10.0/linux-x64/native/{Name}");

    public string PublishedBinary => Path.Combine(Folder, $"bin/Release/net10.0/linux-x64/publish/{Name}");

    public Dictionary<string, string?> Environment { get; } = new(BaseEnvironment);

    public string Write(string relative, string content) => _folder.Write(relative, content);

    /// <summary>Commits everything, always with the same author and time, so that the same content has the same commit.</summary>
    /// <returns>The commit.</returns>
    public string Commit()
    {
        Dictionary<string, string?> environment = new(Environment)
        {
            ["GIT_AUTHOR_DATE"] = "2026-01-02T03:04:05Z",
            ["GIT_COMMITTER_DATE"] = "2026-01-02T03:04:05Z",
        };
        string[] identity = ["-c", "user.name=Tester", "-c", "user.email=tester@example.com"];
        Command.Run(Folder, environment, "git", "init", "-q", "-b", "main").Succeeds();
        Command.Run(Folder, environment, "git", "add", "-A").Succeeds();
        Command.Run(Folder, environment, "git", [.. identity, "commit", "-q", "-m", "All"]).Succeeds();
        return Command.Run(Folder, environment, "git", "rev-parse", "HEAD").Succeeds().Output.Trim();
    }

    /// <summary>Runs <c>dotnet publish -t:EdgeImage</c>.</summary>
    public CommandResult EdgeImage(params string[] arguments) =>
        Dotnet(["publish", "-t:EdgeImage", "-tl:off", .. arguments]);

    public CommandResult Dotnet(params string[] arguments) => Command.Run(Folder, Environment, "dotnet", arguments);

    /// <summary>
    /// Starts it, to be interrupted: through env, because a shell's background job, as the tests may be, hands down that
    /// SIGINT is ignored.
    /// </summary>
    public Process StartEdgeImage(out StringBuilder output, params string[] arguments) =>
        StartPublish(out output, ["-t:EdgeImage", .. arguments]);

    /// <summary>Starts <c>dotnet publish</c> likewise.</summary>
    public Process StartPublish(out StringBuilder output, params string[] arguments) => Command.Start(
        Folder,
        Environment,
        "env",
        ["--default-signal=INT", "dotnet", "publish", "-tl:off", .. arguments],
        out output);

    public void Dispose() => _folder.Dispose();
}
