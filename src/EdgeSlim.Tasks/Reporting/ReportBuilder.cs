using EdgeSlim.Bases;
using EdgeSlim.Bases.Catalogue;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Git;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;
using EdgeSlim.Reporting.Advice;
using EdgeSlim.Reporting.Budgets;
using EdgeSlim.Reporting.Comparison;
using EdgeSlim.Reporting.Modules;
using EdgeSlim.Reporting.Reasons;
using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Reporting;

/// <summary>Reads what the stages and the tools left of an image, and reports on it.</summary>
/// <param name="request">What to read.</param>
/// <param name="diagnostics">Where to say what is not understood.</param>
public sealed class ReportBuilder(ReportRequest request, IDiagnosticSink diagnostics)
{
    private const string UsualBase = "ubuntu";

    /// <summary>Makes the report.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The report.</returns>
    /// <exception cref="EdgeException">A file of a stage cannot be read, or what the user wants a comparison with is no report.</exception>
    public async Task<ImageReport> BuildAsync(CancellationToken cancellationToken)
    {
        Task<List<AssemblyReferences>> assemblies = Task.Run(ReadAssemblies, cancellationToken);
        ImagePlan plan = await StageFile.ReadAsync(Left("plan.json"), PlanJson.Documents.ImagePlan, cancellationToken);
        BaseChoice choice = await StageFile.ReadAsync(Left("base-choice.json"), PlanJson.Documents.BaseChoice, cancellationToken);
        Payload payload = await StageFile.ReadAsync(Left("payload.json"), PlanJson.Documents.Payload, cancellationToken);
        ApplicationNeeds needs = await StageFile.ReadAsync(Left("needs.json"), FactsJson.Documents.ApplicationNeeds, cancellationToken);
        SourceRevision source = await StageFile.ReadAsync(Left("source.json"), FactsJson.Documents.SourceRevision, cancellationToken);
        LayoutImage image = new ImageLayout(request.LayoutFolder).ReadImage();
        PackageGraph packages = PackageGraphReader.Read(request.Assets, request.RuntimeIdentifier);
        ExecutableContent? executable = ReadExecutable(payload);
        SizeNode map = ImageSizes.Build(new SizeRequest
        {
            Plan = plan,
            Slice = choice.Slice,
            BaseLayers = [.. plan.BaseLayers.Select(LayerSize.Of(new ImageLayout(request.LayoutFolder)))],
            Executable = executable,
            OwnAssemblies = [request.Assembly, .. request.Assemblies.Where(a => a.IsOwn).Select(a => Path.GetFileNameWithoutExtension(a.Path))],
            Packages = packages,
        });
        ReportedImage reported = new()
        {
            Repository = plan.Repository,
            Tags = plan.Tags,
            Digest = image.Descriptor.Digest,
            Platform = plan.Platform.ToString(),
            Commit = source.Commit,
            IsDirty = source.IsDirty,
            CompressedBytes = image.CompressedSize,
            UncompressedBytes = map.Bytes,
        };
        IReadOnlyList<ReportedPackage> versions = [.. packages.Packages.Select(p => new ReportedPackage(p.Id, p.Version))];
        IReadOnlyList<SizeReason> reasons = ReasonFinder.Find(map, request.Assembly, await assemblies, packages, needs);
        ImageReport? other = request.CompareWith.Length > 0
            ? KeptReports.ReadNamed(request.CompareWith)
            : request.KeptFolder.Length == 0 ? null
            : new KeptReports(request.KeptFolder).Find(reported);
        ImageDiff? diff = other is null ? null : ImageComparer.Compare(other, map, versions);
        return new ImageReport
        {
            Project = request.Project,
            Image = reported,
            Journey = JourneyPlanner.Tell(Journey(plan, payload, reported)),
            Advice = Advisor.Advise(new AdviceRequest
            {
                Map = map,
                Reasons = reasons,
                Properties = request.Properties,
                Needs = needs,
                Duplicates = DuplicateFiles.Find(plan),
                Instances = executable?.Code?.Instances ?? new Dictionary<string, long>(),
                FullBuilder = request.FullBuilder,
                IsCompiled = request.NativeObject.Length > 0,
            }),
            Packages = versions,
            Reasons = reasons,
            Modules = ModuleSizes.Of(map, request.Modules, request.Assembly, await assemblies),
            Diff = diff,
            Budget = BudgetCheck.Judge(request.Budget, reported.CompressedBytes, diff?.CompressedBefore),
            Map = map,
        };
    }

    private string Left(string name) => Path.Combine(request.WorkFolder, name);

    private ExecutableContent? ReadExecutable(Payload payload) =>
        payload.Files.FirstOrDefault(f => f.TargetPath == request.Executable) is not PayloadFile file || file.Machine is null ? null
        : request.NativeObject.Length > 0
            ? ExecutableContent.ReadCompiled(file.Source, request.LinkMap, request.Mstat, request.NativeObject, diagnostics)
            : ExecutableContent.ReadHost(file.Source);

    // Of the framework's assemblies only the references are looked at, and only where the compiler was told of them.
    private List<AssemblyReferences> ReadAssemblies()
    {
        HashSet<string> own = [.. request.Assemblies.Where(a => a.IsOwn).Select(a => Path.GetFullPath(a.Path))];
        string[] named = request.CompilerArguments.Length > 0 && File.Exists(request.CompilerArguments)
            ? [.. File.ReadLines(request.CompilerArguments).Where(l => l.StartsWith("-r:", StringComparison.Ordinal)).Select(l => l[3..].Trim('"'))]
            : [];
        return
        [
            .. request.Assemblies.Select(a => a.Path).Concat(named)
                .Select(Path.GetFullPath)
                .Distinct()
                .AsParallel().AsOrdered()
                .Select(p => AssemblyReferences.TryRead(p, own.Contains(p)))
                .OfType<AssemblyReferences>(),
        ];
    }

    private JourneyRequest Journey(ImagePlan plan, Payload payload, ReportedImage image)
    {
        CatalogueImage? usual = CatalogueReader.Read(request.Catalogue, request.UserCatalogue).Find(UsualBase)?
            .ImagesFor(request.IsWeb ? BaseUse.AspNet : BaseUse.Runtime, request.FrameworkVersion) is [var first, ..] ? first : null;
        return new JourneyRequest
        {
            Mode = request.Mode,
            IsWeb = request.IsWeb,
            IlBytes = request.Assemblies.Select(a => new FileInfo(a.Path)).Where(f => f.Exists).Sum(f => f.Length),
            UsualBase = usual,
            UsualReference = usual?.ReferenceFor(request.FrameworkVersion) ?? "",
            RuntimeBytes = request.RuntimeFiles.Count == 0
                ? null
                : request.RuntimeFiles.Select(f => new FileInfo(f)).Where(f => f.Exists).Sum(f => f.Length),
            PublishedBytes = payload.Files.Sum(f => f.Size + f.StrippedBytes) + payload.Excluded.Sum(e => e.Size),
            PayloadBytes = payload.Files.Sum(f => f.Size),
            SymbolBytes = payload.Files.Sum(f => f.StrippedBytes) + payload.Excluded.Where(e => e.Reason == ExclusionRules.Symbols).Sum(e => e.Size),
            UncompressedBytes = image.UncompressedBytes,
            CompressedBytes = image.CompressedBytes,
            BaseName = plan.BaseName,
        };
    }
}
