using System.ComponentModel;
using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;

namespace EdgeSlim.Reproduction;

/// <summary>
/// A clean copy of a commit, as git makes it: a clone of its own, so that nothing is written into the user's repository,
/// that borrows the objects of the original.
/// </summary>
/// <param name="git">The program.</param>
/// <param name="original">The work tree that is copied.</param>
public sealed class CleanCopy(string git, string original)
{
    private static readonly Dictionary<string, string> Quiet = new() { ["GIT_TERMINAL_PROMPT"] = "0" };

    /// <summary>Makes it.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="folder">Where; it must not be there yet.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="EdgeException">Git cannot (EDGE5042).</exception>
    public async Task MakeAsync(string commit, string folder, CancellationToken cancellationToken)
    {
        await RunAsync(cancellationToken, "clone", "--quiet", "--shared", "--no-checkout", "--template=", "--", original, folder);
        await CopyRemoteAsync(folder, cancellationToken);
        string branch = await AskAsync(["-C", original, "symbolic-ref", "--quiet", "--short", "HEAD"], cancellationToken);
        // The build may ask for the branch.
        string[] where = branch.Length > 0 ? ["-B", branch] : ["--detach"];
        await RunAsync(cancellationToken, ["-C", folder, "-c", "advice.detachedHead=false", "checkout", "--quiet", .. where, commit]);
        await CopyModulesAsync(folder, cancellationToken);
    }

    // The address stands in the image. That of the original on disk would make another image.
    private async Task CopyRemoteAsync(string folder, CancellationToken cancellationToken)
    {
        string remotes = await AskAsync(["-C", original, "remote"], cancellationToken);
        string[] names = remotes.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string? name = names.Contains("origin") ? "origin" : names.FirstOrDefault();
        string url = name is null ? "" : await AskAsync(["-C", original, "config", "--get", $"remote.{name}.url"], cancellationToken);
        await (url.Length == 0
            ? RunAsync(cancellationToken, "-C", folder, "remote", "remove", "origin")
            : RunAsync(cancellationToken, "-C", folder, "config", "remote.origin.url", url));
    }

    // Submodules are taken of the original as well, where it has them: nothing is fetched.
    private async Task CopyModulesAsync(string folder, CancellationToken cancellationToken)
    {
        if (!File.Exists(Path.Combine(folder, ".gitmodules")))
        {
            return;
        }

        string known = await AskAsync(["-C", folder, "config", "--file", ".gitmodules", "--get-regexp", @"^submodule\..*\.path$"], cancellationToken);
        foreach (string line in known.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string key = line[..line.IndexOf(' ', StringComparison.Ordinal)];
            string path = line[(key.Length + 1)..];
            if (Path.Exists(Path.Combine(original, path, ".git")))
            {
                string commit = (await AskAsync(["-C", folder, "rev-parse", $"HEAD:{path}"], cancellationToken)).Trim();
                await new CleanCopy(git, Path.Combine(original, path)).MakeAsync(commit, Path.Combine(folder, path), cancellationToken);
            }
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        ProcessResult result = await StartAsync(arguments, cancellationToken);
        if (result.ExitCode != 0)
        {
            throw new EdgeException(DiagnosticCodes.CleanCopyFailed, original, result.LastErrorLine);
        }
    }

    // What is not set ends with an exit code, and says nothing.
    private async Task<string> AskAsync(string[] arguments, CancellationToken cancellationToken) =>
        (await StartAsync(arguments, cancellationToken)).Output.Trim();

    private async Task<ProcessResult> StartAsync(string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            ProcessResult result = await ExternalProcess.RunAsync(new ProcessRequest(git, arguments) { Environment = Quiet }, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return result;
        }
        catch (Win32Exception e)
        {
            throw new EdgeException(e, DiagnosticCodes.CleanCopyFailed, original, e.Message);
        }
    }
}
