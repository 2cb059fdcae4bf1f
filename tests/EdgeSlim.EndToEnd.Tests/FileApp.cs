using System.Diagnostics;
using System.Text;

namespace EdgeSlim.Tests;

/// <summary>A file-based application with the packed SDK, <c>agent.cs</c>, committed. What the .NET SDK makes of it goes where this removes it.</summary>
internal sealed class FileApp : IDisposable
{
    private readonly AgentProject _project = new();
    private readonly TemporaryFolder _data = new();

    public FileApp(params string[] lines)
    {
        File.Delete(Path.Combine(Folder, "Agent.csproj"));
        File.Delete(Path.Combine(Folder, "Program.cs"));
        Write(
            "agent.cs",
            $"""
            #:sdk Microsoft.NET.Sdk
            #:sdk EdgeSlim.Sdk@{PackedSdk.Version}
            {string.Join('\n', lines)}
            Console.WriteLine("ready");
            """);

        // A folder of the user's data, which is named after the file's path.
        _project.Environment["XDG_DATA_HOME"] = _data.Path;
        Commit = _project.Commit();
    }

    public string Folder => _project.Folder;

    public string Commit { get; }

    public void Write(string relative, string content) => _project.Write(relative, content);

    public CommandResult Publish(params string[] arguments) => PublishIn(Folder, arguments);

    /// <summary>Publishes it elsewhere, in a clone.</summary>
    public CommandResult PublishIn(string folder, params string[] arguments) =>
        _project.DotnetIn(folder, ["publish", "agent.cs", "-tl:off", .. arguments]);

    /// <summary>Clones it.</summary>
    public void Clone(string folder) => Command.Run("/", _project.Environment, "git", "clone", "-q", Folder, folder).Succeeds();

    /// <summary>Starts it, to be interrupted.</summary>
    public Process Start(out StringBuilder output, params string[] arguments) => _project.StartPublish(out output, ["agent.cs", .. arguments]);

    public void Dispose()
    {
        _data.Dispose();
        _project.Dispose();
    }
}
