using System.IO.Enumeration;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Elf;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Bases.Slicing;

/// <summary>Takes the programs and libraries that an application's native code needs, and all that those need.</summary>
/// <param name="request">What is to be taken.</param>
/// <param name="source">Where from.</param>
/// <param name="files">Where the files are put.</param>
internal sealed class CodeSlicer(SliceRequest request, SourceFileSystem source, FileCollector files)
{
    // From here on glibc's own code looks up hosts and users, which were libraries opened at run time before.
    private const string FirstWithoutNss = "GLIBC_2.34";
    private static readonly string[] NssLibraries = ["libnss_files.so.2", "libnss_dns.so.2"];

    private const string IcuDataFolder = "/usr/share/icu";

    private readonly OverlayFileSystem _tree = new(request.Application, source);
    private readonly HashSet<string> _own = [.. request.Application.Select(e => e.Path)];

    public List<string> Missing { get; } = [];

    public List<string> Absent { get; } = [];

    public HashSet<string> Gives { get; } = [];

    /// <summary>The files, but ICU itself, that are linked to ICU, and may ask it for anything.</summary>
    public HashSet<string> IcuUsers { get; } = [];

    public void Cut()
    {
        LibraryClosure? application = _tree.Find(request.Executable) is { Elf: not null } executable
            ? CutProgram(executable.Path, executable, "the executable", Missing)
            : null;
        if (application is not null)
        {
            CutApplicationLibraries(application);
        }

        foreach (SliceWish wish in request.Wishes)
        {
            if (Grant(wish, application))
            {
                if (wish.Gives.Contains(KnownNeeds.Icu))
                {
                    TakeIcuData(wish.Reason);
                }

                Gives.UnionWith(wish.Gives);
            }
            else
            {
                (wish.IsRequired ? Missing : Absent).Add($"{wish.Name} ({wish.Reason})");
            }
        }
    }

    /// <summary>Takes the interpreter of a program and its libraries; gives null for a static one.</summary>
    private LibraryClosure? CutProgram(string path, ImageEntry program, string reason, List<string> missing)
    {
        if (program.Elf!.File.Interpreter is not string interpreterPath)
        {
            return null;
        }

        ImageEntry? interpreter = _tree.Find(interpreterPath);
        if (interpreter?.Elf is null || interpreter.Elf.File.Machine != program.Elf.File.Machine)
        {
            missing.Add($"{interpreterPath} (the interpreter of {path})");
            return null;
        }

        LibrarySearch search = new(_tree, CLibraryOf.Of(program.Elf), request.LibraryFolders, request.WorkingDirectory);
        LibraryClosure closure = new(new LoadedObject(path, program, null), search, loaded: null, interpreter);
        files.TakeAt(interpreterPath, interpreter, $"the interpreter of {reason}");
        Take(closure, missing, skip: interpreter);
        return closure;
    }

    private void CutApplicationLibraries(LibraryClosure application)
    {
        ElfMachine machine = application.Own[0].Elf.File.Machine;
        foreach (ImageEntry library in request.Application.Where(e =>
            e.Elf is { File: { Type: ElfType.Shared, IsExecutable: false } file } && file.Machine == machine && !IsIgnored(e.Path)))
        {
            Take(Closure(new LoadedObject(library.Path, library, null), application), Absent, skip: null);
        }

        if (application.Search.Library == CLibrary.Glibc
            && application.Named("libc.so.6")?.Elf.Dynamic?.VersionsDefined.Contains(FirstWithoutNss) == false)
        {
            foreach (string library in NssLibraries)
            {
                Grant(new SliceWish([library], [], "glibc opens it to look up hosts and users", IsRequired: false), application);
            }
        }
    }

    private bool Grant(SliceWish wish, LibraryClosure? application)
    {
        if (_own.Select(Path.GetFileName).Intersect(wish.Candidates).Any())
        {
            return true;
        }

        foreach (string candidate in wish.Candidates)
        {
            if (candidate.StartsWith('/'))
            {
                if (_tree.Find(candidate) is { Kind: ImageEntryKind.File } file)
                {
                    TakeProgram(candidate, file, wish.Reason);
                    return true;
                }
            }
            else if (application?.Search.Find(candidate, application.Own[0]) is var (path, library))
            {
                Take(Closure(new LoadedObject(path, library, null), application), Absent, skip: null, wish.Reason);
                return true;
            }
        }

        return false;
    }

    private void TakeProgram(string path, ImageEntry file, string reason)
    {
        if (!_own.Contains(file.Path))
        {
            files.TakeAt(path, file, reason);
        }

        if (file.Elf is not null)
        {
            CutProgram(file.Path, file, path, Absent);
        }
    }

    private static LibraryClosure Closure(LoadedObject root, LibraryClosure application) =>
        new(root, application.Search, application, interpreter: null);

    private void Take(LibraryClosure closure, List<string> missing, ImageEntry? skip, string? reason = null)
    {
        foreach (LoadedObject part in closure.Own.Where(o => !_own.Contains(o.Entry.Path) && o.Entry.Path != skip?.Path))
        {
            files.TakeLibrary(part, closure.Search, part.NeededBy is null ? reason ?? "" : $"{part.NeededBy.Path} is linked to it");
        }

        IcuUsers.UnionWith(closure.Own
            .Where(o => !IsIcu(o.Path) && o.Elf.Dynamic?.Needed.Any(IsIcu) == true)
            .Select(o => o.Path));
        missing.AddRange(closure.Missing.Select(m => $"{m.Name} ({m.By.Path} is linked to it)"));
        missing.AddRange(
            from part in closure.Own
            from need in part.Elf.Dynamic?.VersionsNeeded ?? []
            where !need.IsWeak
                && closure.Named(need.Library)?.Elf.Dynamic?.VersionsDefined is { Count: > 0 } defined
                && !defined.Contains(need.Version)
            select $"{need.Version} of {need.Library} ({part.Path} needs it)");
    }

    private static bool IsIcu(string library) =>
        Path.GetFileName(library).StartsWith("libicu", StringComparison.Ordinal);

    // Where its library has no data, as in Alpine, ICU reads them from a file.
    private void TakeIcuData(string reason)
    {
        foreach (ImageEntry file in source.List(IcuDataFolder).SelectMany(folder => source.List(folder.Path)).Where(f => IcuDataFilter.IsData(f.Path)))
        {
            files.TakeAt(file.Path, file, reason);
        }
    }

    private bool IsIgnored(string path) => request.Ignore.Any(
        p => FileSystemName.MatchesSimpleExpression(p, p.Contains('/', StringComparison.Ordinal) ? path : Path.GetFileName(path), ignoreCase: false));
}
