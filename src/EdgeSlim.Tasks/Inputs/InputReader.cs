namespace EdgeSlim.Inputs;

/// <summary>Reads the inputs of a project's image.</summary>
/// <param name="folder">The folder of the project.</param>
/// <param name="outputFolders">Folders that builds write to, whole, with a slash at the end. What is in them follows from the rest.</param>
internal sealed class InputReader(string folder, IReadOnlyList<string> outputFolders)
{
    /// <summary>Programs that make or examine an image, where PATH has them.</summary>
    private static readonly string[] Tools =
    [
        "clang", "gcc", "ld", "ld.lld", "objcopy", "llvm-objcopy", "cmake", "git", "trivy", "grype", "clairctl", "opa", "conftest", "cosign", "notation",
        "podman", "docker", "runc", "crun",
    ];

    /// <summary>What package managers change when they install something: headers, static libraries, certificates.</summary>
    private static readonly string[] Machine =
    [
        "/var/lib/dpkg/status", "/lib/apk/db/installed", "/var/lib/rpm/rpmdb.sqlite", "/usr/lib/sysimage/rpm/rpmdb.sqlite", "/etc/os-release",
    ];

    /// <summary>Properties that differ from run to run and change nothing.</summary>
    private static readonly string[] Volatile =
    [
        "_", "OLDPWD", "PWD", "SHLVL", "COLUMNS", "LINES", "STY", "INVOCATION_ID", "JOURNAL_STREAM",
        "MSBuildLastTaskResult", "WroteAtLeastOneFile", "MSBuildStartupDirectory", "MSBuildNodeCount", "DOTNET_CLI_TELEMETRY_SESSIONID", "MSBuildAllProjects",
    ];

    /// <summary>Variables that tell one terminal or session from another, by how their names begin.</summary>
    private static readonly string[] Session =
        ["TERM", "SSH_", "TMUX", "VSCODE_", "XDG_SESSION", "DBUS_", "GPG_", "GNOME_", "KITTY_", "ITERM_", "WT_", "WINDOW"];

    /// <summary>Items by which the .NET SDK keeps account of its own outputs, by how their names begin. They differ between a first and a second build.</summary>
    private static readonly string[] Bookkeeping =
        ["FileWrites", "_Clean", "_PriorPublish", "_UnfilteredPrior", "_UnfilteredAbsolutePrior", "_ApplicationPart", "_MvcApplicationPart"];

    /// <summary>The same of a file-based application, by their whole names: what <c>dotnet clean</c> deletes, and how the compiler was called.</summary>
    private static readonly string[] BookkeepingOfFiles = ["Clean", "CscCommandLineArgs"];

    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    /// <param name="project">The project, as the user's build knows it.</param>
    /// <param name="files">Files in folders that builds write to, which are inputs all the same.</param>
    /// <param name="path">The variable PATH.</param>
    /// <returns>The inputs.</returns>
    public BuildInputs Read(ProjectContent project, IReadOnlyList<string> files, string path)
    {
        foreach ((string property, string text) in project.Properties.Where(p => !IsVolatile(p.Key)))
        {
            // MSBuild writes a folder of the project with a backslash as long as there is no such folder.
            string value = text.Replace('\\', '/');
            _hashes["property " + property] = BuildInputs.Hash(value);
            AddFile(value);
            if (value.StartsWith("oci:", StringComparison.Ordinal))
            {
                AddFile(Path.Combine(value["oci:".Length..], "index.json"));
            }
        }

        foreach (IGrouping<string, ProjectItem> items in project.Items.Where(i => !IsBookkeeping(i.Kind)).GroupBy(i => i.Kind))
        {
            _hashes["item " + items.Key] = BuildInputs.Hash(string.Join('\n', items.Select(Text)));
            foreach (ProjectItem item in items)
            {
                AddFile(item.Include);
            }
        }

        foreach (string file in project.Files.Concat(Machine).Concat(Tools.Select(t => Find(t, path)).OfType<string>()))
        {
            AddFile(file);
        }

        foreach (string file in files.Select(f => Path.GetFullPath(Path.Combine(folder, f))))
        {
            _hashes["file " + file] = FileStamp.Of(file);
        }

        return new BuildInputs(_hashes);
    }

    private static bool IsVolatile(string property) =>
        Volatile.Contains(property, StringComparer.Ordinal) || Session.Any(s => property.StartsWith(s, StringComparison.Ordinal));

    private static bool IsBookkeeping(string kind) => BookkeepingOfFiles.Contains(kind) || Bookkeeping.Any(b => kind.StartsWith(b, StringComparison.Ordinal));

    private static string Text(ProjectItem item) =>
        item.Include + string.Concat(item.Metadata.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"|{m.Key}={m.Value}"));

    private static string? Find(string tool, string path) =>
        path.Split(Path.PathSeparator).Where(f => f.Length > 0).Select(f => Path.Combine(f, tool)).FirstOrDefault(File.Exists);

    private void AddFile(string path)
    {
        if (path.Length is 0 or > 4096 || path.Contains('\n', StringComparison.Ordinal) || path.Contains('\0', StringComparison.Ordinal))
        {
            return;
        }

        string whole = Path.GetFullPath(Path.Combine(folder, path));
        string name = "file " + whole;
        if (!_hashes.ContainsKey(name) && !outputFolders.Any(f => whole.StartsWith(f, StringComparison.Ordinal)) && FileStamp.Of(whole) is var stamp and not "-")
        {
            _hashes[name] = stamp;
        }
    }
}
