using EdgeSlim.Diagnostics;
using EdgeSlim.Elf;

namespace EdgeSlim.Reporting.Sizes;

/// <summary>What was read of a program and of what its tools say of it.</summary>
internal sealed record ExecutableContent
{
    /// <summary>Where it lies on disk.</summary>
    public required string Source { get; init; }

    /// <summary>Its bytes.</summary>
    public required long Length { get; init; }

    /// <summary>The parts of an ELF file; null for another one.</summary>
    public IReadOnlyList<ElfRegion>? Regions { get; init; }

    /// <summary>What the linker says; null where it says nothing that is understood.</summary>
    public LinkMap? Map { get; init; }

    /// <summary>The file name of the compiler's object; empty where there is none.</summary>
    public string ManagedObject { get; init; } = "";

    /// <summary>What the compiler says; null where it says nothing that is understood.</summary>
    public CompiledCode? Code { get; init; }

    /// <summary>The files of a single-file application; null for another program.</summary>
    public IReadOnlyList<BundledFile>? Bundled { get; init; }

    /// <summary>Reads a program that was compiled ahead of time.</summary>
    /// <param name="source">The program.</param>
    /// <param name="linkMap">The linker's map; empty for none.</param>
    /// <param name="mstat">The compiler's account; empty for none.</param>
    /// <param name="managedObject">The compiler's object file.</param>
    /// <param name="diagnostics">Where to say what is not understood (EDGE5001, EDGE5002).</param>
    /// <exception cref="EdgeException">The program is damaged (EDGE2005).</exception>
    public static ExecutableContent ReadCompiled(
        string source, string linkMap, string mstat, string managedObject, IDiagnosticSink diagnostics)
    {
        // They do not depend on each other, and each takes its time.
        Task<CompiledCode?> code = Task.Run(() => ReadCode(mstat, diagnostics));
        LinkMap? map = ReadMap(linkMap, diagnostics);
        using FileStream stream = File.OpenRead(source);
        return new ExecutableContent
        {
            Source = source,
            Length = stream.Length,
            Regions = ElfReader.TryOpen(stream, source)?.ReadRegions(),
            Map = map,
            ManagedObject = Path.GetFileName(managedObject),
            Code = code.GetAwaiter().GetResult(),
        };
    }

    /// <summary>Reads a program that is a host, with or without files in it.</summary>
    /// <param name="source">The program.</param>
    public static ExecutableContent ReadHost(string source)
    {
        byte[] content = File.ReadAllBytes(source);
        return new ExecutableContent { Source = source, Length = content.Length, Bundled = BundleReader.TryRead(content) };
    }

    private static LinkMap? ReadMap(string path, IDiagnosticSink diagnostics)
    {
        if (path.Length == 0)
        {
            return null;
        }

        LinkMap? map = null;
        if (File.Exists(path))
        {
            using FileStream stream = File.OpenRead(path);
            map = LinkMapReader.TryRead(stream);
        }

        if (map is null)
        {
            diagnostics.Warning(DiagnosticCodes.LinkMapUnreadable, path);
        }

        return map;
    }

    private static CompiledCode? ReadCode(string path, IDiagnosticSink diagnostics)
    {
        try
        {
            return path.Length == 0 ? null : CompiledCodeReader.Read(path);
        }
        catch (EdgeException e)
        {
            diagnostics.Warning(DiagnosticCodes.SizesUnknown, e.Message);
            return null;
        }
    }
}
