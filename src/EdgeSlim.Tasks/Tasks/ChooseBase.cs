using EdgeSlim.Bases;
using EdgeSlim.Bases.Catalogue;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Bases.Slicing;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;
using EdgeSlim.Reporting;
using EdgeSlim.RootFileSystems;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="Ladder"/> and <see cref="Slicer"/>.</summary>
public sealed class ChooseBase : CatalogueTask
{
    private const string ThisMachine = "the build machine";

    /// <summary>The needs that were detected.</summary>
    [Required]
    public string NeedsFile { get; set; } = "";

    /// <summary>The payload that the slim stage left.</summary>
    [Required]
    public string PayloadFile { get; set; } = "";

    /// <summary>The base that the user names; empty for the smallest that is enough.</summary>
    public string AskedName { get; set; } = "";

    /// <summary>How the user names it.</summary>
    public string AskedReason { get; set; } = "";

    /// <summary>The base of the catalogue that is taken where others are as small.</summary>
    [Required]
    public string PreferredName { get; set; } = "";

    /// <summary>Whether the application is compiled ahead of time.</summary>
    public bool IsCompiled { get; set; }

    /// <summary>Whether its executable is static.</summary>
    public bool IsStatic { get; set; }

    /// <summary>Why it is not; empty where nobody decided it but the project.</summary>
    public string DynamicReason { get; set; } = "";

    /// <summary>The library that could make it static.</summary>
    public string Unlinked { get; set; } = "";

    /// <summary>The image to slice, as the base stage left it; empty for this machine.</summary>
    public string SliceSourceFile { get; set; } = "";

    /// <summary>Whether this machine's files are for the platform of the image.</summary>
    public bool CanSliceThisMachine { get; set; }

    /// <summary>EdgeSliceInclude: names of libraries, or absolute paths.</summary>
    public string[] SliceInclude { get; set; } = [];

    /// <summary>Where files of a sliced image are kept.</summary>
    [Required]
    public string SliceFolder { get; set; } = "";

    /// <summary>EdgeCacheMaxBytes.</summary>
    public string CacheMaxBytes { get; set; } = "";

    /// <summary>The executable's path below the working directory.</summary>
    [Required]
    public string Executable { get; set; } = "";

    /// <summary>ContainerWorkingDirectory.</summary>
    public string WorkingDirectory { get; set; } = "";

    /// <summary>ContainerEnvironmentVariable; metadata Value.</summary>
    public ITaskItem[] EnvironmentVariables { get; set; } = [];

    /// <summary>EdgeLinkCheckIgnore.</summary>
    public string[] Ignore { get; set; } = [];

    /// <summary>EdgeCultures.</summary>
    public string Cultures { get; set; } = "";

    /// <summary>EdgeCaCertificates.</summary>
    public string CaCertificates { get; set; } = "";

    /// <summary>EdgeZoneInfoFolder.</summary>
    public string ZoneInfoFolder { get; set; } = "";

    /// <summary>EdgeTimeZones.</summary>
    public string[] TimeZones { get; set; } = [];

    /// <summary>NoWarn: the codes of notices that were taken note of.</summary>
    public string[] Acknowledged { get; set; } = [];

    /// <summary>Where the choice is written to.</summary>
    [Required]
    public string ChoiceFile { get; set; } = "";

    /// <summary>Where its name alone is written to.</summary>
    [Required]
    public string NameFile { get; set; } = "";

    /// <summary>Whether there was nothing to warn of.</summary>
    [Output]
    public bool IsClean { get; set; }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        ApplicationNeeds needs = await StageFile.ReadAsync(NeedsFile, FactsJson.Documents.ApplicationNeeds, cancellationToken);
        Payload payload = await StageFile.ReadAsync(PayloadFile, PlanJson.Documents.Payload, cancellationToken);
        bool isNamedImage = AskedName is not ("" or BaseImage.ScratchName or Ladder.SlicedName);
        BaseChoice choice = isNamedImage
            ? new BaseChoice { Name = AskedName, Reason = AskedReason }
            : Choose(needs, await SliceAsync(needs, payload, cancellationToken));
        BaseReporter reporter = new(Diagnostics);
        IsClean = reporter.Report(choice, isAsked: AskedName.Length > 0);
        reporter.ReportLicences(needs, Acknowledged);
        await StageFile.WriteAsync(ChoiceFile, choice, PlanJson.Documents.BaseChoice, cancellationToken);
        await StageFile.WriteAsync(NameFile, [choice.Name], cancellationToken);
    }

    private BaseChoice Choose(ApplicationNeeds needs, Slice? slice) => AskedName.Length > 0
        ? new BaseChoice { Name = AskedName, Reason = AskedReason, Slice = slice }
        : BaseChoice.Of(
            Ladder.Climb(new LadderRequest
            {
                IsStatic = IsStatic,
                DynamicReason = DynamicReason.Length > 0 ? DynamicReason
                    : !HasRuntime ? "the application does not bring its .NET runtime"
                    : IsCompiled ? "the project wants a dynamic executable"
                    : "the application is not compiled ahead of time",
                Unlinked = Unlinked.Length == 0 ? null : Unlinked,
                LinkedIn =
                [
                    .. needs.BuiltIn.Contains(KnownNeeds.Tls) ? ["OpenSSL"] : Array.Empty<string>(),
                    .. needs.BuiltIn.Contains(KnownNeeds.Icu) ? ["ICU"] : Array.Empty<string>(),
                ],
                Slice = slice,
                HasRuntime = HasRuntime,
                Named = NamedRungs.Of(
                    ReadCatalogue(),
                    ReadQuery() with { Needs = needs },
                    PreferredName),
            }),
            slice);

    private bool HasRuntime => OneOf<BaseUse>("Use", Use) is not (BaseUse.Runtime or BaseUse.AspNet);

    private async Task<Slice?> SliceAsync(ApplicationNeeds needs, Payload payload, CancellationToken cancellationToken)
    {
        if (!HasRuntime && AskedName.Length == 0)
        {
            return null;
        }

        SliceRequest request = Request(needs, payload);
        if (SliceSourceFile.Length > 0)
        {
            BaseImage image = await StageFile.ReadAsync(SliceSourceFile, PlanJson.Documents.BaseImage, cancellationToken);
            ImageCache? cache = Cache(CacheDir, CacheMaxBytes) is var (folder, maxBytes) ? new ImageCache(folder, maxBytes, Diagnostics) : null;
            return new SlicedImage(SliceFolder, cache).Cut(image, request, cancellationToken);
        }

        if (!CanSliceThisMachine)
        {
            // Certificates and time zones are the same for every platform.
            request = request with { Executable = "", Application = [], Wishes = [] };
        }

        return CanSliceThisMachine || IsStatic || AskedName == BaseImage.ScratchName
            ? new Slicer(new FolderFileSystem("/"), ThisMachine).Cut(request)
            : null;
    }

    private SliceRequest Request(ApplicationNeeds needs, Payload payload)
    {
        string folder = WorkingDirectory.Length == 0 ? "/app" : WorkingDirectory.TrimEnd('/');
        KeyValuePair<string, string>[] variables =
            [.. EnvironmentVariables.Select(v => KeyValuePair.Create(v.ItemSpec, v.GetMetadata("Value")))];
        IReadOnlySet<string> own = PayloadOffer.Of(
            [.. payload.Files.Select(f => f.TargetPath)], [.. variables.Select(v => v.Key)], needs.CLibrary?.IsStatic ?? false);
        IReadOnlySet<string> supplies = ScratchSupplies.Choose(needs, own);
        bool hasCode = AskedName != BaseImage.ScratchName;
        return new SliceRequest
        {
            Executable = hasCode ? InImage(folder, Executable) : "",
            Application = hasCode ? [.. payload.Files.Where(f => f.Machine is not null).Select(f => Entry(InImage(folder, f.TargetPath), f))] : [],
            LibraryFolders =
            [
                .. variables.LastOrDefault(v => v.Key == "LD_LIBRARY_PATH").Value?.Split(':', StringSplitOptions.RemoveEmptyEntries) ?? [],
            ],
            WorkingDirectory = folder,
            Wishes = hasCode
                ? [.. SliceWishes.Of(needs, own, IsCompiled, IsStatic), .. SliceInclude.Select(i => new SliceWish([i], [], "EdgeSliceInclude", IsRequired: true))]
                : [],
            CaCertificates = supplies.Contains(KnownNeeds.CaCertificates),
            TimeZones = supplies.Contains(KnownNeeds.TimeZones),
            Data = new SystemFileOptions { CaCertificates = CaCertificates, ZoneInfoFolder = ZoneInfoFolder, TimeZones = TimeZones },
            IcuData = Cultures == "*"
                ? null
                : new IcuDataFilter(
                    SliceFolder, Cultures.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), Diagnostics),
            Ignore = Ignore,
        };
    }

    private static string InImage(string folder, string path) =>
        FileTree.Normalize(path.StartsWith('/') ? path : $"{folder}/{path}");

    private static ImageEntry Entry(string path, PayloadFile file) =>
        new FolderFileSystem("/").Find(Path.GetFullPath(file.Source)) is ImageEntry found
            ? found with { Path = path }
            : throw new EdgeException(DiagnosticCodes.PayloadFileMissing, file.Source, "the file does not exist");
}
