using EdgeSlim.Diagnostics;
using EdgeSlim.Elf;

namespace EdgeSlim.Bases.Needs;

/// <summary>Looks at the files that a publish leaves, and says what can be seen of them.</summary>
/// <param name="request">The files.</param>
/// <param name="memory">What was seen before in this build.</param>
/// <param name="diagnostics">Where to say what cannot be read (EDGE2023).</param>
public sealed class ObservationReader(ObservationRequest request, ObservationMemory memory, IDiagnosticSink diagnostics)
{
    /// <summary>Looks at the files.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What was seen.</returns>
    /// <exception cref="EdgeException">A file cannot be read or is damaged (EDGE2005, EDGE3009).</exception>
    public async Task<Observations> ReadAsync(CancellationToken cancellationToken)
    {
        Task<HashSet<string>?> symbols = Task.Run(UndefinedSymbols, cancellationToken);
        List<AssemblyUses> assemblies = ReadAssemblies(cancellationToken);
        return new Observations
        {
            Assemblies = assemblies,
            NativeFiles = ReadNativeFiles(cancellationToken),
            NativeAssets = request.NativeAssets,
            Mstat = ReadMstat(AskedMethods.Of(assemblies)),
            UndefinedSymbols = await symbols,
        };
    }

    private HashSet<string>? UndefinedSymbols() => request.NativeObject is not string path ? null : memory.Of("symbols", path, () => Guard(path, () =>
    {
        using FileStream stream = File.OpenRead(path);
        ElfReader reader = ElfReader.TryOpen(stream, path)
            ?? throw new EdgeException(DiagnosticCodes.InvalidElf, path, "it does not begin like one");
        return reader.ReadUndefinedSymbols().Select(s => s.Name).ToHashSet();
    }));

    // Other evidence is left without it, so that it is no reason to stop.
    private Mstat? ReadMstat(IReadOnlySet<string> asked)
    {
        try
        {
            return request.Mstat is string path
                ? memory.Of($"mstat {string.Join('\n', asked.Order(StringComparer.Ordinal))}", path, () => MstatReader.Read(path, asked))
                : null;
        }
        catch (EdgeException e)
        {
            diagnostics.Report(new Diagnostic(DiagnosticSeverity.Warning, e.Code, e.Message));
            return null;
        }
    }

    private List<AssemblyUses> ReadAssemblies(CancellationToken cancellationToken)
    {
        List<AssemblyUses> assemblies = [];
        foreach (AssemblyFile file in request.Assemblies.DistinctBy(a => a.Path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (memory.Of($"uses {file.IsOwn}", file.Path, () => Guard(file.Path, () => AssemblyScanner.TryScan(file.Path, file.IsOwn))) is AssemblyUses uses)
            {
                assemblies.Add(uses);
            }
            else
            {
                diagnostics.Detail($"'{file.Path}' is not a sound assembly, and is not looked into.");
            }
        }

        return assemblies;
    }

    private List<NativeFile> ReadNativeFiles(CancellationToken cancellationToken)
    {
        List<NativeFile> files = [];
        foreach ((string source, string targetPath) in request.NativeFiles)
        {
            cancellationToken.ThrowIfCancellationRequested();
            files.Add(Guard(source, () =>
            {
                using FileStream stream = File.OpenRead(source);
                ElfReader? reader = ElfReader.TryOpen(stream, source);
                ElfDynamic? dynamic = reader?.ReadDynamic();
                return new NativeFile(
                    targetPath,
                    reader?.ReadFile().Interpreter,
                    dynamic?.Needed ?? [],
                    [.. (dynamic?.VersionsNeeded ?? []).Where(v => !v.IsWeak).Select(v => v.Version).Where(IsGlibc).Distinct()]);
            }));
        }

        return files;
    }

    private static bool IsGlibc(string version) => version.StartsWith("GLIBC_", StringComparison.Ordinal);

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.PayloadFileMissing, path, e.Message);
        }
    }
}

/// <summary>The files that needs are concluded from.</summary>
public sealed record ObservationRequest
{
    /// <summary>What the AOT compiler made, before it is linked; null without Native AOT.</summary>
    public string? NativeObject { get; init; }

    /// <summary>The AOT compiler's account; null where there is none.</summary>
    public string? Mstat { get; init; }

    /// <summary>The application's own assemblies and those of packages.</summary>
    public IReadOnlyList<AssemblyFile> Assemblies { get; init; } = [];

    /// <summary>The native code among the files for the image: where it lies, and its path in the image.</summary>
    public IReadOnlyList<(string Source, string TargetPath)> NativeFiles { get; init; } = [];

    /// <summary>The native libraries that NuGet's packages bring.</summary>
    public IReadOnlyList<NativeAsset> NativeAssets { get; init; } = [];
}

/// <summary>A managed assembly.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="IsOwn">Whether it is the application's own, and not one of a package.</param>
public sealed record AssemblyFile(string Path, bool IsOwn);
