using EdgeSlim.Diagnostics;

namespace EdgeSlim.Trials.Engines;

/// <summary>
/// The variables of a trial, as an engine reads them: from a file that only this user can read. Command lines can be read by
/// everybody on the machine, and in the engine's own environment they would change what the engine does.
/// </summary>
internal sealed class EnvironmentFile : IDisposable
{
    // What podman, docker, nerdctl, their runtimes and their libraries read.
    private static readonly string[] ReadByEngines =
    [
        "BUILDAH_", "CONTAINER", "DBUS_", "DOCKER_", "GODEBUG", "GOTRACEBACK", "HOME", "HTTP", "LD_", "NERDCTL_", "NO_PROXY", "PATH",
        "PODMAN_", "REGISTR", "SSL_", "STORAGE_", "TMPDIR", "USER", "XDG_", "_CONTAINERS_",
    ];

    private readonly DirectoryInfo _folder;

    private EnvironmentFile(DirectoryInfo folder, IReadOnlyDictionary<string, string> others)
    {
        _folder = folder;
        Others = others;
    }

    /// <summary>The file.</summary>
    public string Path => System.IO.Path.Combine(_folder.FullName, "environment");

    /// <summary>What such a file cannot hold: values of several lines. The engine takes them from its own environment.</summary>
    public IReadOnlyDictionary<string, string> Others { get; }

    /// <summary>Writes it.</summary>
    /// <param name="variables">The variables.</param>
    /// <returns>It. Disposing it deletes the file.</returns>
    /// <exception cref="EdgeException">An engine cannot be given one of them (EDGE6002).</exception>
    public static EnvironmentFile Write(IReadOnlyDictionary<string, string> variables)
    {
        Dictionary<string, string> others = variables.Where(v => v.Value.AsSpan().ContainsAny('\n', '\r')).ToDictionary(StringComparer.Ordinal);
        if (others.Keys.FirstOrDefault(n => ReadByEngines.Any(r => n.StartsWith(r, StringComparison.OrdinalIgnoreCase))) is string name)
        {
            throw new EdgeException(
                DiagnosticCodes.TrialEngineFailed, "create", $"the variable '{name}' has a value of several lines, and the engine itself would read it");
        }

        EnvironmentFile file = new(Directory.CreateTempSubdirectory("edgeslim-environment-"), others);
        File.WriteAllLines(file.Path, variables.Where(v => !others.ContainsKey(v.Key)).Select(v => $"{v.Key}={v.Value}"));
        return file;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
