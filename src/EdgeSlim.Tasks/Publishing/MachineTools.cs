using System.ComponentModel;
using System.Text;
using EdgeSlim.Processes;

namespace EdgeSlim.Publishing;

/// <summary>The tools of this machine.</summary>
/// <param name="searchPath">The value of PATH.</param>
public sealed class MachineTools(string searchPath) : IToolLookup
{
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public string? Find(string name) =>
        name.Contains(Path.DirectorySeparatorChar)
            ? IsProgram(name) ? name : null
            : searchPath
                .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
                .Select(folder => Path.Combine(folder, name))
                .FirstOrDefault(IsProgram);

    /// <inheritdoc/>
    public string? FindLibrary(string compilerDriver, CompilationTarget target, string file)
    {
        using CancellationTokenSource timeout = new(AnswerTime);
        string answer;
        try
        {
            answer = ExternalProcess.RunAsync(
                new ProcessRequest(Find(compilerDriver) ?? compilerDriver, [.. target.Arguments(compilerDriver), "-print-file-name=" + file]),
                timeout.Token).GetAwaiter().GetResult().Output.Trim();
        }
        catch (Exception e) when (e is OperationCanceledException or Win32Exception)
        {
            return null;
        }

        // A driver that does not find the file answers with the bare name.
        return Path.IsPathRooted(answer) && File.Exists(answer) ? answer : null;
    }

    /// <inheritdoc/>
    public bool HasFile(string path) => File.Exists(path);

    /// <inheritdoc/>
    public bool Contains(string path, string text) =>
        File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;

    private static bool IsProgram(string path) =>
        File.Exists(path)
        && (OperatingSystem.IsWindows()
            || (File.GetUnixFileMode(path)
                & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
