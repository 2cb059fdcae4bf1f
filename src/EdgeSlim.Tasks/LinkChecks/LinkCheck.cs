using EdgeSlim.Diagnostics;
using EdgeSlim.Elf;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.LinkChecks;

/// <summary>Whether the dynamic linker would find all that a program or library needs.</summary>
/// <param name="image">The image.</param>
/// <param name="problems">Where problems are put.</param>
internal sealed class LinkCheck(ImageContext image, List<Problem> problems)
{
    private const int MaxNamesShown = 5;

    private readonly Dictionary<CLibrary, LibrarySearch> _searches = [];

    /// <summary>Checks a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="isFatal">Whether the application does not start without it.</param>
    /// <returns>What is loaded for it; null where it cannot be started at all.</returns>
    public LibraryClosure? CheckProgram(ImageEntry program, bool isFatal)
    {
        ImageElf elf = program.Elf!;
        if (!image.IsRight(elf.File.Machine))
        {
            Add(DiagnosticCodes.BinaryWrongPlatform, program, null, isFatal, program.Path, elf.File.Machine, image.Platform);
            return null;
        }

        ImageEntry? interpreter = null;
        if (elf.File.Interpreter is string path)
        {
            interpreter = image.Files.Find(path);
            string? why = interpreter is null ? "is not in the image"
                : interpreter.Elf is null ? "is no program"
                : !image.IsRight(interpreter.Elf.File.Machine) ? "is for another processor"
                : image.WhyNotExecutable(interpreter);
            if (why is not null)
            {
                AddInterpreter(program, path, why, isFatal);
                return null;
            }
        }

        LibraryClosure closure = new(
            new LoadedObject(program.Path, program, null), Search(CLibraryOf.Of(elf)), loaded: null, interpreter);

        // Without an interpreter nothing is loaded or bound; that a static executable lists symbols says nothing.
        if (interpreter is not null)
        {
            Check(closure, isFatal, hasAllSymbols: isFatal || image.IsOwn(program));
        }

        return closure;
    }

    /// <summary>Checks a library that a program opens when it runs.</summary>
    /// <param name="library">The library.</param>
    /// <param name="application">What the process has loaded by then; null for nothing.</param>
    /// <returns>What is loaded for it.</returns>
    public LibraryClosure CheckLibrary(ImageEntry library, LibraryClosure? application)
    {
        CLibrary own = CLibraryOf.Of(library.Elf!);
        CLibrary process = application is null ? own : CLibraryOf.Of(application.Own[0].Elf);
        LibraryClosure closure = new(
            new LoadedObject(library.Path, library, null), Search(process), application, interpreter: null);
        Check(closure, isFatal: false, hasAllSymbols: image.IsOwn(library));
        return closure;
    }

    private void Check(LibraryClosure closure, bool isFatal, bool hasAllSymbols)
    {
        CLibrary library = closure.Search.Library;
        bool isMixed = false;
        foreach (LoadedObject part in closure.Own)
        {
            CLibrary own = CLibraryOf.Of(part.Elf);
            if (own != CLibrary.Unknown && library != CLibrary.Unknown && own != library)
            {
                isMixed = true;
                Add(DiagnosticCodes.WrongCLibrary, part.Entry, null, isFatal, part.Path, own, library, part.Way);
            }
        }

        if (isMixed)
        {
            return;
        }

        foreach (MissingLibrary missing in closure.Missing)
        {
            Add(
                DiagnosticCodes.LibraryMissing, missing.By.Entry, missing.Name, isFatal,
                missing.By.Path, missing.Name, Elsewhere(missing), missing.By.Way);
        }

        // musl knows no versions.
        bool hasAllVersions = library == CLibrary.Musl
            || closure.Own.Select(part => HasVersions(part, closure, isFatal)).ToArray().All(found => found);
        if (closure.Missing.Count == 0 && hasAllVersions && hasAllSymbols)
        {
            CheckSymbols(closure, isFatal);
        }
    }

    private bool HasVersions(LoadedObject part, LibraryClosure closure, bool isFatal)
    {
        bool hasAll = true;
        foreach (IGrouping<string, ElfVersionNeed> needs in
            (part.Elf.Dynamic?.VersionsNeeded ?? []).Where(v => !v.IsWeak).GroupBy(v => v.Library))
        {
            // The dynamic linker takes a library that defines no versions at all for any.
            if (closure.Named(needs.Key) is not { Elf.Dynamic.VersionsDefined: { Count: > 0 } defined } found)
            {
                continue;
            }

            string[] lacking = [.. needs.Select(n => n.Version).Except(defined).Order(StringComparer.Ordinal)];
            if (lacking.Length > 0)
            {
                hasAll = false;
                Add(
                    DiagnosticCodes.VersionMissing, part.Entry, needs.Key, isFatal,
                    part.Path, string.Join(", ", lacking), found.Path, part.Way);
            }
        }

        return hasAll;
    }

    private void CheckSymbols(LibraryClosure closure, bool isFatal)
    {
        HashSet<string> defined = new(StringComparer.Ordinal);
        foreach (LoadedObject part in closure.Objects)
        {
            defined.UnionWith(part.Elf.Symbols.Where(s => s.IsDefined).Select(s => s.Name));
        }

        foreach (LoadedObject part in closure.Own)
        {
            string[] lacking = [.. part.Elf.Symbols
                .Where(s => !s.IsDefined && !s.IsWeak && !defined.Contains(s.Name))
                .Select(s => s.Name)
                .Distinct()
                .Order(StringComparer.Ordinal)];
            if (lacking.Length == 0)
            {
                continue;
            }

            // A function that is bound when it is first called may never be called.
            bool isBoundAtOnce = closure.Search.Library == CLibrary.Musl || part.Elf.Dynamic?.BindsNow == true;
            string names = string.Join(", ", lacking.Take(MaxNamesShown))
                + (lacking.Length > MaxNamesShown ? $" and {lacking.Length - MaxNamesShown} more" : "");
            Add(
                DiagnosticCodes.SymbolMissing, part.Entry, null, isFatal && isBoundAtOnce,
                part.Path, names, isBoundAtOnce ? "it cannot be loaded" : "it fails when one of them is first used", part.Way);
        }
    }

    private void AddInterpreter(ImageEntry program, string interpreter, string why, bool isFatal)
    {
        CLibrary wanted = CLibraryOf.Interpreter(interpreter);
        CLibrary present = image.Files.Entries.Where(e => e.Path.StartsWith("/lib", StringComparison.Ordinal) && e.Elf is not null)
            .Select(e => CLibraryOf.Interpreter(e.Path))
            .FirstOrDefault(l => l != CLibrary.Unknown);
        if (wanted != CLibrary.Unknown && present != CLibrary.Unknown && wanted != present)
        {
            Add(DiagnosticCodes.WrongCLibrary, program, interpreter, isFatal, program.Path, wanted, present, program.Path);
            return;
        }

        Add(DiagnosticCodes.BaseCannotRun, program, interpreter, isFatal, program.Path, interpreter, why);
    }

    private string Elsewhere(MissingLibrary missing)
    {
        ImageEntry? other = image.Files.Entries.FirstOrDefault(
            e => e.Path.EndsWith("/" + missing.Name, StringComparison.Ordinal) && image.Files.Find(e.Path)?.Elf is not null);
        return other is null ? "which is not in the image"
            : image.Files.Find(other.Path)!.Elf!.File.Machine != missing.By.Elf.File.Machine
                ? $"of which the image has '{other.Path}' for another processor only"
            : $"which the image has at '{other.Path}', where the dynamic linker does not look";
    }

    private LibrarySearch Search(CLibrary library)
    {
        if (!_searches.TryGetValue(library, out LibrarySearch? search))
        {
            _searches[library] = search = new LibrarySearch(
                image.Files, library, image.FoldersOf("LD_LIBRARY_PATH"), image.WorkingDirectory);
        }

        return search;
    }

    private void Add(string code, ImageEntry file, string? missing, bool isFatal, params object?[] arguments) =>
        problems.Add(Problem.Of(code, file.Path, missing, isFatal, arguments));
}
