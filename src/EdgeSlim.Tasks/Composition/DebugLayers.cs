using EdgeSlim.Bases;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;

namespace EdgeSlim.Composition;

/// <summary>Plans what a debug image has beyond the image that it is the twin of.</summary>
public static class DebugLayers
{
    /// <summary>Where the shell and its tools are: not in /bin, which is a link to another folder on many bases.</summary>
    public const string ShellFolder = "/busybox";

    // Where gdb and lldb look for symbols by the build-id of a binary.
    private const string SymbolsFolder = "/usr/lib/debug";

    /// <summary>The layer with the shell. Its time is constant: it changes with the build machine's package alone.</summary>
    /// <param name="shell">The shell.</param>
    /// <param name="image">The image that it goes on.</param>
    /// <returns>The layer.</returns>
    public static LayerPlan Shell(StaticShell shell, ImagePlan image)
    {
        LayerFiles files = new();
        files.AddFile($"{ShellFolder}/{StaticShell.ProgramName}", shell.Program, LayerEntry.ExecutableMode);
        foreach (string applet in shell.Applets)
        {
            files.AddLink($"{ShellFolder}/{applet}", StaticShell.ProgramName);
        }

        if (HasRoomForShell(image))
        {
            files.AddLink("/bin/sh", $"{ShellFolder}/sh");
        }

        return new LayerPlan
        {
            Name = "a shell for debugging",
            Time = DateTimeOffset.UnixEpoch,
            Compression = image.Layers[^1].Compression.Quick(),
            Entries = files.Entries,
        };
    }

    /// <summary>The layer with the symbols of the application.</summary>
    /// <param name="symbols">The symbols.</param>
    /// <param name="folder">The folder of the build machine that they are kept in.</param>
    /// <param name="image">The image that they go on.</param>
    /// <returns>The layer; null where there are no symbols.</returns>
    public static LayerPlan? Symbols(IReadOnlyList<SymbolFile> symbols, string folder, ImagePlan image)
    {
        LayerFiles files = new();
        foreach (SymbolFile symbol in symbols)
        {
            // Managed symbols are looked for beside their assembly.
            string above = symbol.BuildId is null ? image.Config.WorkingDir ?? "" : SymbolsFolder;
            files.AddFile($"{above}/{symbol.Path}", Path.Combine(folder, symbol.Path), LayerEntry.FileMode);
        }

        return symbols.Count == 0 ? null : new LayerPlan
        {
            Name = "debug symbols",
            Time = image.Created,
            Compression = image.Layers[^1].Compression.Quick(),
            Entries = files.Entries,
        };
    }

    // A base of other people's may have a link in the place of /bin, or a shell in it.
    private static bool HasRoomForShell(ImagePlan image) =>
        image.BaseLayers.Count == 0
        && !image.Layers.SelectMany(l => l.Entries).Any(e => e.Path == "bin/sh" || (e.Path == "bin" && !e.IsFolder));
}
