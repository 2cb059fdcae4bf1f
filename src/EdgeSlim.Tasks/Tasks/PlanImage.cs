using System.Globalization;
using EdgeSlim.Bases;
using EdgeSlim.Composition;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="ImagePlanner"/>.</summary>
public sealed class PlanImage : EdgeTask
{
    /// <summary>The payload that the slim stage left.</summary>
    [Required]
    public string PayloadFile { get; set; } = "";

    /// <summary>The base that was chosen.</summary>
    [Required]
    public string ChoiceFile { get; set; } = "";

    /// <summary>The base image that the base stage left, where it is an image.</summary>
    [Required]
    public string BaseFile { get; set; } = "";

    /// <summary>What the image says of its contents to scanners; empty for nothing.</summary>
    public string SbomFile { get; set; } = "";

    /// <summary>Where the plan is written to.</summary>
    [Required]
    public string PlanFile { get; set; } = "";

    /// <summary>ContainerRepository; empty for the assembly's name.</summary>
    public string Repository { get; set; } = "";

    /// <summary>The assembly's name.</summary>
    [Required]
    public string AssemblyName { get; set; } = "";

    /// <summary>The tags.</summary>
    public string[] Tags { get; set; } = [];

    /// <summary>The time of the source, RFC 3339.</summary>
    [Required]
    public string SourceTime { get; set; } = "";

    /// <summary>The runtime identifier.</summary>
    [Required]
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary>The executable's path below the working directory.</summary>
    [Required]
    public string Executable { get; set; } = "";

    /// <summary>ContainerAppCommand.</summary>
    public string[] AppCommand { get; set; } = [];

    /// <summary>ContainerAppCommandArgs.</summary>
    public string[] AppCommandArgs { get; set; } = [];

    /// <summary>ContainerAppCommandInstruction.</summary>
    public string AppCommandInstruction { get; set; } = "";

    /// <summary>ContainerDefaultArgs.</summary>
    public string[] DefaultArgs { get; set; } = [];

    /// <summary>ContainerEntrypoint.</summary>
    public string[] Entrypoint { get; set; } = [];

    /// <summary>ContainerEntrypointArgs.</summary>
    public string[] EntrypointArgs { get; set; } = [];

    /// <summary>ContainerWorkingDirectory.</summary>
    public string WorkingDirectory { get; set; } = "";

    /// <summary>ContainerUser.</summary>
    public string User { get; set; } = "";

    /// <summary>ContainerLabel; metadata Value. The last of two with one name wins.</summary>
    public ITaskItem[] Labels { get; set; } = [];

    /// <summary>Whether labels name the base image and its digest.</summary>
    public bool LabelBase { get; set; } = true;

    /// <summary>ContainerEnvironmentVariable; metadata Value.</summary>
    public ITaskItem[] EnvironmentVariables { get; set; } = [];

    /// <summary>ContainerPort; metadata Type.</summary>
    public ITaskItem[] Ports { get; set; } = [];

    /// <summary>EdgeLayering.</summary>
    public string Layering { get; set; } = "";

    /// <summary>EdgeCompression.</summary>
    public string Compression { get; set; } = "";

    /// <summary>EdgeCompressionLevel.</summary>
    public string CompressionLevel { get; set; } = "";

    /// <summary>Whether the application references ASP.NET Core.</summary>
    public bool IsWeb { get; set; }

    /// <summary>The repository, checked.</summary>
    [Output]
    public string ResolvedRepository { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        ResolvedRepository = Repository.Length > 0
            ? ReferenceGrammar.CheckRepository(Repository)
            : ReferenceGrammar.NormalizeRepository(AssemblyName);
        ImageOptions options = new()
        {
            Repository = ResolvedRepository,
            RuntimeIdentifier = RuntimeIdentifier,
            Executable = Executable,
            AppCommand = AppCommand,
            AppCommandArgs = AppCommandArgs,
            AppCommandInstruction =
                OneOf<AppCommandInstruction>("ContainerAppCommandInstruction", AppCommandInstruction),
            DefaultArgs = DefaultArgs,
            Entrypoint = Entrypoint,
            EntrypointArgs = EntrypointArgs,
            WorkingDirectory = WorkingDirectory,
            User = User,
            Labels = Pairs(Labels, "Value"),
            LabelBase = LabelBase,
            EnvironmentVariables = Pairs(EnvironmentVariables, "Value"),
            Ports = Pairs(Ports, "Type"),
            Layering = OneOf<Layering>("EdgeLayering", Layering),
            Compression = OneOf<CompressionFormat>("EdgeCompression", Compression),
            Effort = OneOf<CompressionEffort>("EdgeCompressionLevel", CompressionLevel),
            IsWeb = IsWeb,
        };
        Payload payload = await StageFile.ReadAsync(PayloadFile, PlanJson.Documents.Payload, cancellationToken);
        payload = SbomFile.Length == 0 ? payload : EmbeddedSbom.Add(payload, SbomFile);
        BaseChoice choice = await StageFile.ReadAsync(ChoiceFile, PlanJson.Documents.BaseChoice, cancellationToken);
        BaseImage baseImage = choice.Slice is { } slice
            ? BaseImage.Scratch with { Name = choice.Name, SystemFiles = slice.Files }
            : await StageFile.ReadAsync(BaseFile, PlanJson.Documents.BaseImage, cancellationToken);
        DateTimeOffset time = DateTimeOffset.Parse(SourceTime, CultureInfo.InvariantCulture);
        ImagePlan plan = ImagePlanner.Plan(options, payload, baseImage, choice.Reason, Tags, time, Diagnostics);
        await StageFile.WriteAsync(PlanFile, plan, PlanJson.Documents.ImagePlan, cancellationToken);
    }

    private static KeyValuePair<string, string>[] Pairs(ITaskItem[] items, string metadata) =>
        [.. items.Select(i => KeyValuePair.Create(i.ItemSpec, i.GetMetadata(metadata)))];
}
