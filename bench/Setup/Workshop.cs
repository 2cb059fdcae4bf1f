using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EdgeSlim.Bench.Setup;

/// <summary>A folder with the packed SDK and the projects that are measured; it goes away at the end.</summary>
internal sealed class Workshop : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("edgeslim-bench-").FullName;
    private readonly string _version = $"0.1.0-bench.{Guid.NewGuid():N}";

    private Workshop(string root) => Root = root;

    public string SdkVersion { get; private init; } = "";

    /// <summary>The checkout.</summary>
    public string Root { get; }

    /// <summary>What is published for: Linux on this machine's processor.</summary>
    public static string RuntimeIdentifier => "linux-" + RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant();

    /// <summary>The line that adds EdgeSlim to a project.</summary>
    public string SdkLine => $"""<Sdk Name="EdgeSlim.Sdk" Version="{_version}" />""";

    public static Workshop Open()
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "EdgeSlim.sln")))
        {
            root = Path.GetDirectoryName(root);
        }

        Workshop workshop = new(root ?? throw new InvalidOperationException("Run it in a checkout."))
        {
            SdkVersion = Run("/", "dotnet", "--version").Trim(),
        };
        Run(
            root,
            "dotnet", "pack", "src/EdgeSlim.Sdk", "--no-build", "-c", "Release", $"-p:PackageVersion={workshop._version}", "-o", workshop._folder);
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

    /// <summary>Commits a project, as it was cloned.</summary>
    /// <param name="folder">Its folder.</param>
    public static void Commit(string folder)
    {
        File.WriteAllText(Path.Combine(folder, ".gitignore"), "bin/\nobj/\nout/\ndata/\n");
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
        Delete(Path.Combine(packages, "edgeslim.sdk", _version));
    }
}
