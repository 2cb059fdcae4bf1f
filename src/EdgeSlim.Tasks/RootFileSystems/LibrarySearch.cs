using System.Text;
using EdgeSlim.Elf;

namespace EdgeSlim.RootFileSystems;

/// <summary>
/// Finds a library as the dynamic linker does (ld.so(8); for musl, <c>ldso/dynlink.c</c>): the first file of the right
/// processor in the folders that the file which needs it names, then in those of the environment and of the system.
/// </summary>
/// <param name="files">The root file system.</param>
/// <param name="library">Whose dynamic linker it is.</param>
/// <param name="environmentFolders">The folders of LD_LIBRARY_PATH.</param>
/// <param name="workingDirectory">Where relative paths begin.</param>
internal sealed class LibrarySearch(
    FileTree files, CLibrary library, IReadOnlyList<string> environmentFolders, string workingDirectory)
{
    // What distributions build into glibc's: Debian's the first pair of a processor, others the second.
    private static readonly Dictionary<ElfMachine, string> Triplets = new()
    {
        [ElfMachine.X64] = "x86_64-linux-gnu",
        [ElfMachine.Arm64] = "aarch64-linux-gnu",
        [ElfMachine.Arm] = "arm-linux-gnueabihf",
    };

    private readonly LinkerCache _cache = LinkerCache.Read(files.Find(LinkerCache.FilePath)?.Content);

    /// <summary>Whose dynamic linker it is.</summary>
    public CLibrary Library => library;

    /// <summary>Finds a library.</summary>
    /// <param name="name">The name, as DT_NEEDED has it.</param>
    /// <param name="by">The file that needs it.</param>
    /// <returns>The path at which it was found, and the file; null where it is not to be found.</returns>
    public (string Path, ImageEntry File)? Find(string name, LoadedObject by)
    {
        IEnumerable<string> candidates = name.Contains('/', StringComparison.Ordinal)
            ? [name.StartsWith('/') ? name : workingDirectory + "/" + name]
            : Candidates(name, by);
        foreach (string path in candidates)
        {
            if (files.Find(path) is { Elf: { } elf } file
                && elf.File.Machine == by.Elf.File.Machine && elf.File.Class == by.Elf.File.Class)
            {
                return (FileTree.Normalize(path), file);
            }
        }

        return null;
    }

    /// <summary>The folders in which the dynamic linker looks without being told.</summary>
    /// <param name="machine">The processor.</param>
    /// <returns>The folders, in its order.</returns>
    public IReadOnlyList<string> SystemFolders(ElfMachine machine) =>
        [.. library == CLibrary.Musl ? MuslFolders(machine) : DefaultFolders(machine)];

    private IEnumerable<string> Candidates(string name, LoadedObject by)
    {
        if (library == CLibrary.Musl)
        {
            IEnumerable<string> own = by.Chain.SelectMany(o => Folders(o, o.Elf.Dynamic?.RunPath ?? o.Elf.Dynamic?.RPath));
            return In(name, [.. environmentFolders, .. own, .. MuslFolders(by.Elf.File.Machine)]);
        }

        // DT_RPATH counts for all that is loaded by the file, unless it has DT_RUNPATH, which counts for the file alone.
        IEnumerable<string> inherited = by.Elf.Dynamic?.RunPath is null
            ? by.Chain.Where(o => o.Elf.Dynamic?.RunPath is null).SelectMany(o => Folders(o, o.Elf.Dynamic?.RPath))
            : [];
        bool hasDefaults = by.Elf.Dynamic?.IgnoresDefaultFolders != true;
        return In(name, [.. inherited, .. environmentFolders, .. Folders(by, by.Elf.Dynamic?.RunPath)])
            .Concat(hasDefaults ? [.. _cache.Find(name), .. In(name, DefaultFolders(by.Elf.File.Machine))] : []);
    }

    private static IEnumerable<string> In(string name, IEnumerable<string> folders) => folders.Select(f => f + "/" + name);

    private static IEnumerable<string> Folders(LoadedObject of, string? list)
    {
        string origin = of.Path[..of.Path.LastIndexOf('/')];
        IEnumerable<string> folders = (list ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(f => f.Replace("${", "$", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal))
            .Select(f => f.Replace("$ORIGIN", origin, StringComparison.Ordinal));
        foreach (string folder in folders)
        {
            if (!folder.Contains("$LIB", StringComparison.Ordinal))
            {
                yield return folder;
                continue;
            }

            foreach (string lib in (string[])["lib/" + Triplets.GetValueOrDefault(of.Elf.File.Machine), "lib64", "lib"])
            {
                yield return folder.Replace("$LIB", lib, StringComparison.Ordinal);
            }
        }
    }

    private static IEnumerable<string> DefaultFolders(ElfMachine machine)
    {
        string[] names = Triplets.GetValueOrDefault(machine) is string triplet ? ["lib/" + triplet, "lib64", "lib"] : ["lib64", "lib"];
        return names.SelectMany(name => (string[])["/" + name, "/usr/" + name]);
    }

    private IEnumerable<string> MuslFolders(ElfMachine machine)
    {
        string name = machine switch { ElfMachine.Arm64 => "aarch64", ElfMachine.Arm => "armhf", _ => "x86_64" };
        return files.Find($"/etc/ld-musl-{name}.path")?.Content is byte[] list
            ? Encoding.UTF8.GetString(list).Split(':', '\n').Select(f => f.Trim()).Where(f => f.Length > 0)
            : ["/lib", "/usr/local/lib", "/usr/lib"];
    }
}
