using System.Security.Cryptography;
using EdgeSlim.Diagnostics;
using EdgeSlim.Elf;

namespace EdgeSlim.Publishing;

/// <summary>
/// Decides what of a publish goes into the image. It works from the list of what this publish produced, not from what
/// lies in the publish folder; it moves symbols away and strips native libraries.
/// </summary>
/// <param name="request">What the payload is made from.</param>
/// <param name="stripper">Strips native libraries.</param>
/// <param name="diagnostics">Where to say what was decided.</param>
public sealed class PayloadBuilder(PayloadRequest request, INativeStripper stripper, IDiagnosticSink diagnostics)
{
    private const int XmlBeginning = 512;

    /// <summary>Makes the payload.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The payload.</returns>
    /// <exception cref="EdgeException">
    /// Two files want one path, a file is gone or damaged, or the executable is not there.
    /// </exception>
    public async Task<Payload> BuildAsync(CancellationToken cancellationToken)
    {
        List<PayloadFile> files = [];
        List<ExcludedFile> excluded = [];
        List<PublishedFile> symbols = [];
        GlobPattern[] patterns = [.. request.ExcludePatterns.Select(p => new GlobPattern(p))];
        HashSet<string> configuration = [.. request.ConfigurationFiles];
        bool hasWebContent = request.Files.Any(f => f.TargetPath.StartsWith("wwwroot/", StringComparison.Ordinal));

        foreach (PublishedFile file in WithoutOverridden(request.Files))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string? reason = patterns.Any(p => p.IsMatch(file.TargetPath)) ? "EdgeExclude"
                : file.IsExplicit ? null
                : configuration.Contains(Path.GetFullPath(file.Source)) ? ExclusionRules.Configuration
                : ExclusionRules.IsLinkedIn(file.TargetPath, request.LinkedIn) ? ExclusionRules.LinkedIn
                : ExclusionRules.ReasonToExclude(file.TargetPath, hasWebContent)
                    ?? (IsDocumentation(file) ? ExclusionRules.Documentation : null);
            if (reason is null)
            {
                files.Add(await InspectAsync(file, cancellationToken));
                continue;
            }

            if (reason == ExclusionRules.Symbols)
            {
                symbols.Add(file);
            }

            excluded.Add(new ExcludedFile(file.TargetPath, Status(file.Source).Length, reason));
        }

        if (!files.Exists(f => f.TargetPath == request.Executable))
        {
            throw new EdgeException(DiagnosticCodes.NoExecutable, request.Executable);
        }

        SymbolStore store = new(request.PublishFolder, request.SymbolsFolder, files);
        excluded.AddRange(Leftovers(symbols, store));
        return new Payload
        {
            Files = [.. files.OrderBy(f => f.TargetPath, StringComparer.Ordinal)],
            Excluded = [.. excluded.OrderBy(e => e.Path, StringComparer.Ordinal)],
            Symbols = store.Keep(symbols),
        };
    }

    /// <summary>An EdgeInclude item replaces what the publish offers for the same path.</summary>
    private static IEnumerable<PublishedFile> WithoutOverridden(IReadOnlyList<PublishedFile> files)
    {
        foreach (IGrouping<string, PublishedFile> group in files.GroupBy(f => f.TargetPath, StringComparer.Ordinal))
        {
            PublishedFile[] wanted = [.. group.DistinctBy(f => Path.GetFullPath(f.Source))];
            if (wanted.Any(f => f.IsExplicit))
            {
                wanted = [.. wanted.Where(f => f.IsExplicit)];
            }

            yield return wanted is [PublishedFile only]
                ? only
                : throw new EdgeException(
                    DiagnosticCodes.DuplicatePath, wanted[0].Source, wanted[1].Source, group.Key);
        }
    }

    private async Task<PayloadFile> InspectAsync(PublishedFile file, CancellationToken cancellationToken)
    {
        FileInfo status = Status(file.Source);
        ElfFile? elf = Read(file, path => ReadElf(path, file));
        string source = file.Source;
        long stripped = 0;
        if (elf is { HasStrippableSymbols: true, IsExecutable: false } && request.ObjCopy is not null && !file.IsExplicit)
        {
            source = await stripper.StripAsync(
                file.Source, StrippedPath(file), request.ObjCopy, cancellationToken);
            stripped = status.Length;
            status = Status(source);
            stripped -= status.Length;
            diagnostics.Detail($"Stripped {file.TargetPath}: {stripped} bytes less.");
        }
        else if (file.TargetPath.EndsWith(WebAssetManifest.Extension, StringComparison.OrdinalIgnoreCase) && !file.IsExplicit)
        {
            source = Read(file, KeepManifest);
            status = Status(source);
        }

        return new PayloadFile
        {
            Source = source,
            TargetPath = file.TargetPath,
            IsExecutable = file.TargetPath == request.Executable
                || elf is { IsExecutable: true }
                || Read(file, BeginsWithInterpreterLine),
            Size = status.Length,
            LastWriteTimeUtc = status.LastWriteTimeUtc,
            Origin = file.Origin ?? FileOrigins.OfName(file.TargetPath, request.Executable),
            Layer = file.Layer,
            Machine = elf?.Machine.ToString(),
            Interpreter = elf?.Interpreter,
            BuildId = elf?.BuildId,
            StrippedBytes = stripped,
        };
    }

    // Data that only begins like an ELF file, firmware for another board, is the application's own business.
    private ElfFile? ReadElf(string path, PublishedFile file)
    {
        try
        {
            return ElfReader.TryRead(path);
        }
        catch (EdgeException e) when (e.Code == DiagnosticCodes.InvalidElf
            && file.TargetPath != request.Executable
            && !Path.GetFileName(file.TargetPath).Contains(".so", StringComparison.Ordinal))
        {
            diagnostics.Detail(e.Message);
            return null;
        }
    }

    private string KeepManifest(string path)
    {
        byte[] manifest = WebAssetManifest.WithTimesOfContent(File.ReadAllBytes(path));
        string kept = Path.Combine(
            request.StrippedFolder, Convert.ToHexStringLower(SHA256.HashData(manifest))[..16], Path.GetFileName(path));
        if (!File.Exists(kept))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(kept)!);
            string temporary = $"{kept}.{Guid.NewGuid():N}.tmp";
            File.WriteAllBytes(temporary, manifest);
            File.Move(temporary, kept, overwrite: true);
        }

        return kept;
    }

    // By content: a package that is taken back to an older version has an older time as well.
    private string StrippedPath(PublishedFile file)
    {
        string content = Convert.ToHexStringLower(Read(file, static path => SHA256.HashData(File.ReadAllBytes(path))));
        return Path.Combine(request.StrippedFolder, content[..16], Path.GetFileName(file.TargetPath));
    }

    private IEnumerable<ExcludedFile> Leftovers(List<PublishedFile> symbols, SymbolStore store)
    {
        DirectoryInfo folder = new(request.PublishFolder);
        if (!folder.Exists)
        {
            yield break;
        }

        HashSet<string> published = [.. request.Files.Where(f => !f.IsExplicit).Select(f => f.TargetPath)];
        HashSet<string> sources = [.. request.Files.Select(f => Path.GetFullPath(f.Source))];
        foreach (FileInfo file in folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            string path = Path.GetRelativePath(folder.FullName, file.FullName).Replace('\\', '/');
            if (published.Contains(path) || sources.Contains(file.FullName))
            {
                continue;
            }

            // The AOT compiler's symbols are copied past the publish list.
            bool isSymbols = ExclusionRules.ReasonToExclude(path, hasWebContent: false) == ExclusionRules.Symbols
                && !store.IsOfAnotherBinary(file.FullName);
            if (isSymbols)
            {
                symbols.Add(new PublishedFile(file.FullName, path));
            }

            yield return new ExcludedFile(
                path, file.Length, isSymbols ? ExclusionRules.Symbols : ExclusionRules.Leftover);
        }
    }

    private static bool IsDocumentation(PublishedFile file)
    {
        if (!file.TargetPath.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        return Read(file, static path =>
        {
            using StreamReader reader = new(path);
            char[] beginning = new char[XmlBeginning];
            return ExclusionRules.IsXmlDocumentation(new string(beginning, 0, reader.ReadBlock(beginning)));
        });
    }

    private static bool BeginsWithInterpreterLine(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return stream.ReadByte() == '#' && stream.ReadByte() == '!';
    }

    private static FileInfo Status(string path)
    {
        FileInfo status = new(path);
        return status.Exists
            ? status
            : throw new EdgeException(DiagnosticCodes.PayloadFileMissing, path, "the file does not exist");
    }

    private static T Read<T>(PublishedFile file, Func<string, T> read)
    {
        try
        {
            return read(file.Source);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.PayloadFileMissing, file.Source, e.Message);
        }
    }
}
