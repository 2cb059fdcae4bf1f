using System.Diagnostics;
using System.Text;

namespace EdgeSlim.Tests;

/// <summary>A user's project with the packed SDK, in a git repository of its own.</summary>
internal sealed class AgentProject : IImageProject, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly int _server;

    /// <summary>What every command of the tests runs with: no configuration of this machine.</summary>
    private static readonly Dictionary<string, string?> BaseEnvironment = new(GitRepository.Environment)
    {
        ["DOTNET_NOLOGO"] = "1",
        ["GITHUB_SHA"] = null,
        ["GITHUB_STEP_SUMMARY"] = null,
        ["SOURCE_DATE_EPOCH"] = null,
        ["EdgeCacheDir"] = PackedSdk.Cache,

        // The encoder that finds the smallest form takes longer than the rest of a build. Tests of sizes ask for it.
        ["EdgeCompressionLevel"] = "fast",

        // They say nothing about images. Those that look for what trimming breaks stay on.
        ["EnableNETAnalyzers"] = "false",
        ["NuGetAudit"] = "false",
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
        _server = BuildServers.Take();
        foreach ((string variable, string? value) in BuildServers.Environment(_server))
        {
            Environment[variable] = value;
        }

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

    public string Binary => Path.Combine(Folder, $"bin/edge/Release/net10.0/linux-x64/native/{Name}");

    public string PublishedBinary => Path.Combine(Folder, $"bin/edge/Release/net10.0/linux-x64/publish/{Name}");

    public Dictionary<string, string?> Environment { get; } = new(BaseEnvironment);

    public string Write(string relative, string content) => _folder.Write(relative, content);

    /// <summary>Commits everything.</summary>
    /// <returns>The commit.</returns>
    public string Commit() => GitRepository.Commit(Folder);

    /// <summary>Runs <c>dotnet build -t:EdgeImage</c>: it makes the image that <see cref="PublishImage"/> makes, without the user's publish.</summary>
    public CommandResult EdgeImage(params string[] arguments) =>
        Dotnet(["build", "-c", "Release", "-t:EdgeImage", "-tl:off", .. arguments]);

    /// <summary>Runs <c>dotnet publish -t:EdgeImage</c>.</summary>
    public CommandResult PublishImage(params string[] arguments) =>
        Dotnet(["publish", "-t:EdgeImage", "-tl:off", .. arguments]);

    public CommandResult Dotnet(params string[] arguments) => DotnetIn(Folder, arguments);

    /// <summary>Runs it elsewhere, such as in a clone.</summary>
    public CommandResult DotnetIn(string folder, params string[] arguments)
    {
        CommandResult result = Command.Run(folder, Environment, "dotnet", arguments);
        NativeCompilations.Count(Name, result.Output);

        // On a busy machine the client of the MSBuild server may miss how the build ended. It then fails without an error:
        // https://github.com/dotnet/msbuild/issues/14172.
        bool isMissed = result.ExitCode == 1 && Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] == "1" && !result.Output.Contains("error", StringComparison.Ordinal);
        return isMissed
            ? Command.Run(folder, new Dictionary<string, string?>(Environment) { ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0" }, "dotnet", arguments)
            : result;
    }

    /// <summary>Builds without servers and nodes that stay, which is the default up to .NET 10.</summary>
    public AgentProject WithoutServers()
    {
        Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        Environment["MSBUILDDISABLENODEREUSE"] = "1";
        return this;
    }

    /// <summary>Compresses as an image is compressed that a user delivers.</summary>
    public AgentProject WithSmallestLayers()
    {
        Environment["EdgeCompressionLevel"] = "auto";
        return this;
    }

    /// <summary>
    /// Starts it, to be interrupted: through env, because a shell's background job, as the tests may be, hands down that
    /// SIGINT is ignored.
    /// </summary>
    public Process StartEdgeImage(out StringBuilder output, params string[] arguments) =>
        StartPublish(out output, ["-t:EdgeImage", .. arguments]);

    /// <summary>Starts <c>dotnet publish</c> likewise. Servers would keep the pipes open.</summary>
    public Process StartPublish(out StringBuilder output, params string[] arguments) => Command.Start(
        Folder,
        new Dictionary<string, string?>(Environment) { ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0", ["MSBUILDDISABLENODEREUSE"] = "1" },
        "env",
        ["--default-signal=INT", "dotnet", "publish", "-tl:off", .. arguments],
        out output);

    public void Dispose()
    {
        BuildServers.Return(_server);
        _folder.Dispose();
    }
}
