using EdgeSlim.Bases.Needs;
using EdgeSlim.Composition;
using EdgeSlim.Reporting;
using EdgeSlim.Reporting.Budgets;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Finds out where the bytes of the image went.</summary>
public sealed class MeasureImage : EdgeTask
{
    /// <summary>The project's name.</summary>
    [Required]
    public string Project { get; set; } = "";

    /// <summary>The simple name of its assembly.</summary>
    [Required]
    public string AssemblyName { get; set; } = "";

    /// <summary>The runtime identifier.</summary>
    [Required]
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary>EdgeMode.</summary>
    [Required]
    public string Mode { get; set; } = "";

    /// <summary>What the code says about modes.</summary>
    [Required]
    public string CodeFile { get; set; } = "";

    /// <summary>Whether the application references ASP.NET Core.</summary>
    public bool IsWeb { get; set; }

    /// <summary>The version of .NET.</summary>
    [Required]
    public string FrameworkVersion { get; set; } = "";

    /// <summary>The folder in which the stages leave their files.</summary>
    [Required]
    public string WorkFolder { get; set; } = "";

    /// <summary>The image layout's folder.</summary>
    [Required]
    public string LayoutFolder { get; set; } = "";

    /// <summary>The program's path in the payload.</summary>
    [Required]
    public string Executable { get; set; } = "";

    /// <summary>The compiler's object file; empty without Native AOT.</summary>
    public string NativeObject { get; set; } = "";

    /// <summary>The compiler's account; empty without one.</summary>
    public string MstatFile { get; set; } = "";

    /// <summary>The linker's map; empty without one.</summary>
    public string LinkMap { get; set; } = "";

    /// <summary>The file with the compiler's arguments; empty without Native AOT.</summary>
    public string CompilerArguments { get; set; } = "";

    /// <summary>The application's assemblies and those of packages, with IsOwn.</summary>
    public ITaskItem[] Assemblies { get; set; } = [];

    /// <summary>Whether the application is made of modules.</summary>
    public bool HasModules { get; set; }

    /// <summary>NuGet's account of the restore.</summary>
    public string AssetsFile { get; set; } = "";

    /// <summary>The files of the .NET runtime that the publish starts from.</summary>
    public string[] RuntimeFiles { get; set; } = [];

    /// <summary>EdgeSlim's own catalogue.</summary>
    [Required]
    public string Catalogue { get; set; } = "";

    /// <summary>EdgeBaseCatalog; empty for none.</summary>
    public string UserCatalogue { get; set; } = "";

    /// <summary>The project's properties that decide about size, with Value.</summary>
    public ITaskItem[] Properties { get; set; } = [];

    /// <summary>The report of the image that this one is compared with; empty for that of the last commit.</summary>
    public string CompareWith { get; set; } = "";

    /// <summary>Where reports of commits are kept; empty where this one is compared with nothing else.</summary>
    public string KeptFolder { get; set; } = "";

    /// <summary>EdgeMaxImageSize; empty for no limit.</summary>
    public string MaxImageSize { get; set; } = "";

    /// <summary>EdgeMaxGrowth; empty for no limit.</summary>
    public string MaxGrowth { get; set; } = "";

    /// <summary>Where the report is left.</summary>
    [Required]
    public string ReportFile { get; set; } = "";

    /// <summary>Where the few numbers that a budget is held against are left.</summary>
    [Required]
    public string FiguresFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        ReportRequest request = new()
        {
            Project = Project,
            Assembly = AssemblyName,
            RuntimeIdentifier = RuntimeIdentifier,
            Mode = Mode,
            FullBuilder = (await StageFile.ReadAsync(CodeFile, FactsJson.Documents.ModeChoice, cancellationToken)).FullBuilder,
            IsWeb = IsWeb,
            FrameworkVersion = FrameworkVersion,
            WorkFolder = WorkFolder,
            LayoutFolder = LayoutFolder,
            Executable = Executable,
            NativeObject = NativeObject,
            Mstat = MstatFile,
            LinkMap = LinkMap,
            CompilerArguments = CompilerArguments,
            Assemblies = [.. Assemblies.Select(a => new AssemblyFile(a.ItemSpec, Flag("IsOwn", a.GetMetadata("IsOwn"))))],
            Modules = HasModules
                ? await StageFile.ReadAsync(Path.Combine(WorkFolder, "modules.json"), FactsJson.Documents.IReadOnlyListModuleFacts, cancellationToken)
                : [],
            Assets = AssetsFile,
            RuntimeFiles = RuntimeFiles,
            Catalogue = Catalogue,
            UserCatalogue = UserCatalogue,
            Properties = Properties.DistinctBy(p => p.ItemSpec).ToDictionary(p => p.ItemSpec, p => p.GetMetadata("Value")),
            CompareWith = CompareWith,
            KeptFolder = KeptFolder,
            Budget = SizeBudget.Parse(MaxImageSize, MaxGrowth),
        };
        ImageReport report = await new ReportBuilder(request, Diagnostics).BuildAsync(cancellationToken);
        await StageFile.WriteAsync(ReportFile, report, ReportJson.Documents.ImageReport, cancellationToken);
        await StageFile.WriteAsync(FiguresFile, BudgetCheck.FiguresOf(report), ReportJson.Documents.BudgetFigures, cancellationToken);
    }
}
