namespace EdgeSlim.Tests;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("edgeslim-test-").FullName;

    public string this[string relative] => System.IO.Path.Combine(Path, relative);

    public string Write(string relative, string content)
    {
        string path = this[relative];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    /// <summary>
    /// Writes a script that can be run. Another process does it: what this one has open for writing, the programs have open too
    /// that other tests start at that moment, and as long as anybody has it open it cannot be run.
    /// </summary>
    public string WriteProgram(string relative, string content)
    {
        string path = this[relative];
        string draft = Write(relative + ".draft", content);
        if (OperatingSystem.IsWindows())
        {
            File.Copy(draft, path, overwrite: true);
        }
        else
        {
            Command.Run(Path, "install", "-m", "700", draft, path).Succeeds();
        }

        File.Delete(draft);
        return path;
    }

    /// <summary>Lets others in.</summary>
    public void Open(UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, mode);
        }
    }

    public void Dispose()
    {
        // Git marks its objects read-only, which only matters on Windows; a test may have taken rights away.
        Directory.Delete(Path, recursive: true);
    }
}
