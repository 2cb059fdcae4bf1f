using System.Diagnostics;
using EdgeSlim.Git;
using LibGit2Sharp;

namespace EdgeSlim.Tests.Git;

/// <summary>A temporary folder with git repositories that the real git makes, apart from the user's configuration.</summary>
internal sealed class GitSandbox : IDisposable
{
    private static readonly string GlobalFolder = Directory.CreateTempSubdirectory("edgeslim-test-git-").FullName;
    private readonly TemporaryFolder _folder = new();

    static GitSandbox()
    {
        foreach (ConfigurationLevel level in (ConfigurationLevel[])
            [ConfigurationLevel.Global, ConfigurationLevel.Xdg, ConfigurationLevel.System, ConfigurationLevel.ProgramData])
        {
            GlobalSettings.SetConfigSearchPaths(level, level == ConfigurationLevel.Global ? GlobalFolder : "/nonexistent");
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(GlobalFolder, recursive: true);
    }

    /// <summary>The user's configuration, as libgit2 sees it. It is shared by all tests.</summary>
    public static string GlobalConfiguration => Path.Combine(GlobalFolder, ".gitconfig");

    public RecordingSink Sink { get; } = new();

    public Dictionary<string, string> Environment { get; } = [];

    public string this[string relative] => _folder[relative];

    public string Write(string relative, string content) => _folder.Write(relative, content);

    /// <summary>A repository with the project <c>app.csproj</c> committed.</summary>
    public string MakeRepository(string name = "repo", params string[] initArguments)
    {
        Directory.CreateDirectory(this[name]);
        Git(name, ["init", "--quiet", "--initial-branch=main", .. initArguments]);
        Write($"{name}/app.csproj", "<Project/>");
        CommitAll(name);
        return this[name];
    }

    public void CommitAll(string repository)
    {
        Git(repository, "add", "--all");
        Git(repository, "commit", "--quiet", "--message=A commit");
    }

    public string Head(string repository) => Git(repository, "rev-parse", "HEAD");

    /// <summary>Runs git in a folder of the sandbox; gives its output.</summary>
    public string Git(string folder, params string[] arguments) => Run("git", folder, "/dev/null", arguments);

    public string Run(string program, string folder, string globalConfiguration, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = this[folder],
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["GIT_CONFIG_GLOBAL"] = globalConfiguration,
                ["GIT_CONFIG_NOSYSTEM"] = "1",
                ["GIT_AUTHOR_NAME"] = "Test",
                ["GIT_AUTHOR_EMAIL"] = "test@example.invalid",
                ["GIT_AUTHOR_DATE"] = "2024-05-06T07:08:09+02:00",
                ["GIT_COMMITTER_NAME"] = "Test",
                ["GIT_COMMITTER_EMAIL"] = "test@example.invalid",
                ["GIT_COMMITTER_DATE"] = "2025-06-07T01:09:10+02:00",
            },
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, $"{program} {string.Join(' ', arguments)}: {errors.Result}");
        return output.Trim();
    }

    public SourceRevision Read(string relative, params string[] outputFolders) =>
        SourceRevisionReader.Read(this[relative], Environment.GetValueOrDefault, outputFolders, Sink, "latest");

    public void Dispose() => _folder.Dispose();
}
