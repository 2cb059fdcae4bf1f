using EdgeSlim.Elf;
using EdgeSlim.Oci;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.LinkChecks;

/// <summary>What the checks of one image share.</summary>
internal sealed record ImageContext
{
    public ImageContext(LayoutImage image, ImageFileSystem files, ImageUser user)
    {
        Files = files;
        User = user;
        Platform = new Platform
        {
            OperatingSystem = image.Config.OperatingSystem,
            Architecture = image.Config.Architecture,
            Variant = image.Config.Variant,
        };
        Config = image.Config.Config ?? new ContainerConfig();
        OwnLayersFrom = image.Manifest.Layers.Count - OwnLayers(image.Config);
    }

    public ImageFileSystem Files { get; }

    public ImageUser User { get; }

    public Platform Platform { get; }

    public ContainerConfig Config { get; }

    /// <summary>The first layer that EdgeSlim made.</summary>
    public int OwnLayersFrom { get; }

    public string WorkingDirectory => string.IsNullOrEmpty(Config.WorkingDir) ? "/" : Config.WorkingDir;

    /// <summary>Whether code for a processor is code for the image's.</summary>
    public bool IsRight(ElfMachine machine) => Platform.Architecture switch
    {
        "amd64" => machine == ElfMachine.X64,
        "arm64" => machine == ElfMachine.Arm64,
        "arm" => machine == ElfMachine.Arm,
        _ => true,
    };

    public bool IsOwn(ImageEntry entry) => entry.Layer >= OwnLayersFrom;

    /// <summary>Folders that an environment variable of the image lists.</summary>
    public string[] FoldersOf(string variable) =>
        (Config.Env?.LastOrDefault(e => e.StartsWith(variable + "=", StringComparison.Ordinal))?[(variable.Length + 1)..]
            ?? (variable == "PATH" ? ContainerConfig.DefaultPath : "")).Split(':', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Finds a program as execvp(3) does: by its path, else in PATH.</summary>
    public ImageEntry? FindProgram(string name)
    {
        if (name.Contains('/', StringComparison.Ordinal))
        {
            return Files.Find(name.StartsWith('/') ? name : WorkingDirectory + "/" + name);
        }

        ImageEntry[] found = [.. FoldersOf("PATH").Select(f => Files.Find(f + "/" + name)).OfType<ImageEntry>()];
        return found.FirstOrDefault(f => WhyNotExecutable(f) is null) ?? found.FirstOrDefault();
    }

    /// <summary>Why the kernel would not execute a file for the image's user; null where it would.</summary>
    public string? WhyNotExecutable(ImageEntry file)
    {
        if (file.Kind != ImageEntryKind.File)
        {
            return "is no file";
        }

        if (Files.FoldersAbove(file.Path).FirstOrDefault(f => !User.MayExecute(f)) is ImageEntry closed)
        {
            return $"is in '{closed.Path}', which the user '{User.Name}' may not enter (mode {Octal(closed.Mode)})";
        }

        return User.MayExecute(file) ? null : $"may not be executed by the user '{User.Name}' (mode {Octal(file.Mode)})";
    }

    private static string Octal(int mode) => "0" + Convert.ToString(mode, 8).PadLeft(3, '0');

    private static int OwnLayers(ImageConfig config) => (config.History ?? [])
        .Where(h => h.EmptyLayer != true)
        .Reverse()
        .TakeWhile(h => h.CreatedBy == HistoryEntry.EdgeSlim)
        .Count();
}
