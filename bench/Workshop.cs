using System.Diagnostics;

namespace EdgeSlim.Bench;

/// <summary>A folder with the packed SDK and the projects that are measured; it goes away at the end.</summary>
internal sealed class Workshop : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgeslim-bench-").FullName;
    private readonly string _version = $"0.1.0-bench.{Guid.NewGuid():N}";

    private Workshop()
    {
    }

    public string SdkVersion { get; private init; } = "";

    public static Workshop Open()
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "EdgeSlim.sln")))
        {
            root = Path.GetDirectoryName(root);
        }

        Workshop workshop = new() { SdkVersion = Run("/", "dotnet", "--version").Trim() };
        Run(
            root ?? throw new InvalidOperationException("Run it in a checkout."),
            "dotnet", "pack", "src/EdgeSlim.Sdk", "-c", "Release", $"-p:PackageVersion={workshop._version}", "-o", workshop._folder);
        File.WriteAllText(
            Path.Combine(workshop._folder, "nuget.config"),
            """<configuration><packageSources><add key="edgeslim-bench" value="." /></packageSources></configuration>""");
        return workshop;
    }

    /// <summary>Makes a folder, empty where it is new.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    /// <summary>Deletes a folder, where it is there.</summary>
    public static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Makes a project with EdgeSlim, and publishes it once.</summary>
    public string Application(string name, string sdk, string mode, string code)
    {
        string folder = Folder(name);
        File.WriteAllText(
            Path.Combine(folder, $"{name}.csproj"),
            $"""
            <Project Sdk="{sdk}">
              <Sdk Name="EdgeSlim.Sdk" Version="{_version}" />
              <PropertyGroup>
                <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><EdgeMode>{mode}</EdgeMode><ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), code);
        Commit(folder);
        Run(folder, "dotnet", "publish", "-t:EdgeImage");
        return folder;
    }

    /// <summary>Makes a console project, with EdgeSlim or as a user has it without.</summary>
    public string Project(string name, bool withEdgeSlim)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        string sdk = withEdgeSlim ? $"<Sdk Name=\"EdgeSlim.Sdk\" Version=\"{_version}\" />" : "";
        string aot = withEdgeSlim ? "" : "<PublishAot>true</PublishAot>";
        File.WriteAllText(
            Path.Combine(folder, $"{name}.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              {sdk}
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework>{aot}</PropertyGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), "System.Console.WriteLine(\"ready\");");
        Commit(folder);
        return folder;
    }

    private static void Commit(string folder)
    {
        File.WriteAllText(Path.Combine(folder, ".gitignore"), "bin/\nobj/\nContainerfile\n");
        Run(folder, "git", "init", "-q");
        Run(folder, "git", "add", "-A");
        Run(folder, "git", "-c", "user.name=Bench", "-c", "user.email=bench@example.com", "commit", "-q", "-m", "All");
    }

    /// <summary>Whether a program is on PATH.</summary>
    public static bool Has(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Any(folder => File.Exists(Path.Combine(folder, program)));

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static string Run(string folder, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };

        // A build server that one side warms up would make the other side faster.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}\n{output}");
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        string unpacked = Path.Combine(packages, "edgeslim.sdk", _version);
        if (Directory.Exists(unpacked))
        {
            Directory.Delete(unpacked, recursive: true);
        }
    }
}
