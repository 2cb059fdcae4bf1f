using EdgeSlim.Diagnostics;
using EdgeSlim.Inputs;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;
using EdgeSlim.Trials;
using EdgeSlim.Trials.Engines;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>What all tasks that run an image have in common: where it is, what runs it, how it is confined, when it is ready.</summary>
public abstract class TrialTask : EdgeTask
{
    // They say where the engine is that a program such as docker talks to.
    private static readonly string[] EngineVariables = ["DOCKER_HOST", "DOCKER_CONTEXT", "CONTAINER_HOST", "CONTAINERD_ADDRESS", "CONTAINERS_CONF"];

    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };

    /// <summary>The image layout's folder.</summary>
    [Required]
    [NotAsked]
    public string LayoutFolder { get; set; } = "";

    /// <summary>The image's name, for the JUnit file.</summary>
    [Required]
    [NotAsked]
    public string Image { get; set; } = "";

    /// <summary>The folder that relative paths of mounts are relative to.</summary>
    [Required]
    [NotAsked]
    public string ProjectFolder { get; set; } = "";

    /// <summary>The folder of all results.</summary>
    [Required]
    [NotAsked]
    public string ResultsFolder { get; set; } = "";

    /// <summary>EdgeTrial, when it is not <c>off</c>. An image that did well has answered both other words.</summary>
    [NotAsked]
    public string Trial { get; set; } = "";

    /// <summary>EdgeTrialEngine.</summary>
    public string Engine { get; set; } = "";

    /// <summary>EdgeTrialEngineArgs.</summary>
    public string EngineArgs { get; set; } = "";

    /// <summary>EdgeRuntime.</summary>
    public string Runtime { get; set; } = "";

    /// <summary>EdgeTrialNetwork.</summary>
    public string Network { get; set; } = "";

    /// <summary>EdgeTrialHttp.</summary>
    public string Http { get; set; } = "";

    /// <summary>EdgeTrialPort.</summary>
    public string Port { get; set; } = "";

    /// <summary>EdgeTrialLog.</summary>
    public string LogPattern { get; set; } = "";

    /// <summary>EdgeTrialExit.</summary>
    public string Exits { get; set; } = "";

    /// <summary>EdgeTrialAlive.</summary>
    public string Alive { get; set; } = "";

    /// <summary>EdgeTrialTimeout.</summary>
    [Required]
    public string Timeout { get; set; } = "";

    /// <summary>EdgeTrialEnvironment.</summary>
    public ITaskItem[] EnvironmentVariables { get; set; } = [];

    /// <summary>EdgeTrialArgument.</summary>
    public string[] Arguments { get; set; } = [];

    /// <summary>EdgeTrialMount.</summary>
    public ITaskItem[] Mounts { get; set; } = [];

    /// <summary>Whether an image that is not proven to work is not delivered.</summary>
    protected bool IsRequired => Trial.Equals("required", StringComparison.OrdinalIgnoreCase);

    /// <summary>The machine's programs.</summary>
    protected MachineTools Tools { get; } = new(Environment.GetEnvironmentVariable("PATH") ?? "");

    /// <summary>The layout.</summary>
    /// <returns>It.</returns>
    /// <exception cref="EdgeException">It is not there (EDGE6012).</exception>
    protected ImageLayout ReadLayout() => Directory.Exists(LayoutFolder)
        ? new ImageLayout(LayoutFolder)
        : throw new EdgeException(DiagnosticCodes.NothingToTry, LayoutFolder);

    /// <summary>Finds the image and what runs it.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="diagnostics">Where to say what there is to say.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Both; null where nothing runs it, and nothing has to.</returns>
    protected Task<TrialSubject?> FindAsync(ImageLayout layout, IDiagnosticSink diagnostics, CancellationToken cancellationToken)
    {
        string? engine = Engine is "" or "auto" ? null : Engine;
        return TrialSubject.FindAsync(layout, engine, RuntimeOrNull, engine is not null || IsRequired, Tools, diagnostics, cancellationToken);
    }

    /// <summary>Reads when it is ready.</summary>
    /// <param name="layout">The layout.</param>
    /// <returns>What is waited for.</returns>
    protected Readiness ReadReadiness(ImageLayout layout) => ReadinessReader.Read(
        Http, Port, LogPattern, Flag("EdgeTrialExit", Exits), Alive, Emulator.Choose(layout).Config.Config);

    /// <summary>Reads how the container is confined.</summary>
    /// <param name="milliCpus">The processor limit.</param>
    /// <param name="memoryBytes">The memory limit.</param>
    /// <returns>The profile.</returns>
    protected TrialProfile ReadProfile(int milliCpus, long memoryBytes) => new()
    {
        MilliCpus = milliCpus,
        MemoryBytes = memoryBytes,
        Network = Network.ToLowerInvariant() switch
        {
            "" or "false" => TrialProfile.NoNetwork,
            "true" => null,
            _ => Network,
        },
        Runtime = RuntimeOrNull,
        EngineArguments = EngineArgs.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Environment = TrialItems.Environment(EnvironmentVariables.Select(v => (v.ItemSpec, v.GetMetadata("Value")))),
        Arguments = Arguments,
        Mounts = [.. Mounts.Select(m => TrialItems.Mount(
            m.ItemSpec, m.GetMetadata("TargetPath"), m.GetMetadata("Type"), m.GetMetadata("ReadOnly"), ProjectFolder))],
    };

    /// <summary>What this machine runs images with, as a part of the question: another engine gives another answer.</summary>
    /// <returns>The parts.</returns>
    protected IEnumerable<string> MachineParts() =>
    [
        .. TrialEngines.Names.Concat(BareRuntime.Names).Append(Engine).Select(Tools.Find).OfType<string>().Distinct().SelectMany(p => (string[])[p, FileStamp.Of(p)]),
        .. EngineVariables.Select(v => Environment.GetEnvironmentVariable(v) ?? ""),
        Environment.IsPrivilegedProcess.ToString(),
    ];

    /// <summary>The files that the image sees of this machine, as a part of the question.</summary>
    /// <param name="profile">The profile that names them.</param>
    /// <returns>The parts.</returns>
    protected static IEnumerable<string> MountParts(TrialProfile profile) => profile.Mounts
        .Select(m => m.Source)
        .OfType<string>()
        .SelectMany(s => Directory.Exists(s) ? Directory.EnumerateFiles(s, "*", Everywhere).Order(StringComparer.Ordinal) : (IEnumerable<string>)[s])
        .SelectMany(f => (string[])[f, FileStamp.Of(f)]);

    /// <summary>Says why it failed, where it did, and what is worth a warning.</summary>
    /// <param name="failures">Both.</param>
    /// <param name="lastLines">What the application said last.</param>
    protected void Report(IReadOnlyList<TrialFailure> failures, IReadOnlyList<string> lastLines)
    {
        if (failures.Any(f => !f.IsWarning))
        {
            SayLast(lastLines);
        }

        foreach (TrialFailure failure in failures)
        {
            Diagnostics.Report(new Diagnostic(failure.IsWarning ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error, failure.Code, failure.Text));
        }
    }

    /// <summary>Reads a time; a number without a unit counts seconds.</summary>
    /// <param name="property">The property that has it.</param>
    /// <param name="value">What the user wrote.</param>
    /// <returns>The time.</returns>
    protected static TimeSpan Seconds(string property, string value) => Quantity.Duration(property, value, TimeSpan.FromSeconds(1));

    private string? RuntimeOrNull => Runtime.Length == 0 ? null : Runtime;
}
