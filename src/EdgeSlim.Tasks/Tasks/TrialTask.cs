using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Trials;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>What the tasks that run an image share: how it is run, and how it is seen that it is ready.</summary>
public abstract class TrialTask : EdgeTask
{
    /// <summary>The image layout's folder.</summary>
    [Required]
    public string LayoutFolder { get; set; } = "";

    /// <summary>The image's name, for the JUnit file.</summary>
    [Required]
    public string Image { get; set; } = "";

    /// <summary>The folder that relative paths of mounts are relative to.</summary>
    [Required]
    public string ProjectFolder { get; set; } = "";

    /// <summary>EdgeTrialEngine.</summary>
    public string Engine { get; set; } = "";

    /// <summary>EdgeTrialEngineArgs.</summary>
    public string EngineArgs { get; set; } = "";

    /// <summary>EdgeRuntime.</summary>
    public string Runtime { get; set; } = "";

    /// <summary>EdgeCpuLimit.</summary>
    [Required]
    public string CpuLimit { get; set; } = "";

    /// <summary>EdgeMemoryLimit.</summary>
    [Required]
    public string MemoryLimit { get; set; } = "";

    /// <summary>EdgeVerifyNetwork.</summary>
    public string Network { get; set; } = "";

    /// <summary>EdgeVerifyHttp.</summary>
    public string Http { get; set; } = "";

    /// <summary>EdgeVerifyPort.</summary>
    public string Port { get; set; } = "";

    /// <summary>EdgeVerifyLog.</summary>
    public string LogPattern { get; set; } = "";

    /// <summary>EdgeVerifyExit.</summary>
    public string Exits { get; set; } = "";

    /// <summary>EdgeVerifyAlive.</summary>
    public string Alive { get; set; } = "";

    /// <summary>EdgeMaxStartup.</summary>
    [Required]
    public string MaxStartup { get; set; } = "";

    /// <summary>EdgeMaxMemory.</summary>
    [Required]
    public string MaxMemory { get; set; } = "";

    /// <summary>EdgeMaxStop.</summary>
    [Required]
    public string MaxStop { get; set; } = "";

    /// <summary>EdgeVerifyTimeout.</summary>
    [Required]
    public string Timeout { get; set; } = "";

    /// <summary>EdgeVerifyEnvironment.</summary>
    public ITaskItem[] EnvironmentVariables { get; set; } = [];

    /// <summary>EdgeVerifyArgument.</summary>
    public string[] Arguments { get; set; } = [];

    /// <summary>EdgeVerifyMount.</summary>
    public ITaskItem[] Mounts { get; set; } = [];

    /// <summary>The engine that the user wants; null for any.</summary>
    protected string? EngineName => Engine is "" or "auto" ? null : Engine;

    /// <summary>The layout, which has to be there.</summary>
    /// <returns>It.</returns>
    /// <exception cref="EdgeException">It is not there (EDGE6012).</exception>
    protected ImageLayout OpenLayout() => Directory.Exists(LayoutFolder)
        ? new ImageLayout(LayoutFolder)
        : throw new EdgeException(DiagnosticCodes.NothingToTry, LayoutFolder);

    /// <summary>What is asked for.</summary>
    /// <param name="layout">The layout.</param>
    /// <returns>It.</returns>
    /// <exception cref="EdgeException">A value cannot be read.</exception>
    protected TrialSettings ReadSettings(ImageLayout layout) => new()
    {
        Profile = ReadProfile(),
        Readiness = ReadinessReader.Read(
            Http, Port, LogPattern, Flag("EdgeVerifyExit", Exits), Alive, Emulator.Choose(layout).Config.Config),
        Limits = new TrialLimits(
            Seconds("EdgeMaxStartup", MaxStartup),
            Quantity.Memory("EdgeMaxMemory", MaxMemory),
            Seconds("EdgeMaxStop", MaxStop),
            Seconds("EdgeVerifyTimeout", Timeout)),
    };

    /// <summary>Says how a trial failed, where it did.</summary>
    /// <param name="outcome">How it went.</param>
    protected void ReportFailures(TrialOutcome outcome)
    {
        if (outcome.Failures.Count > 0 && outcome.LastLines.Count > 0)
        {
            Diagnostics.Important($"What the application said last:\n{string.Join('\n', outcome.LastLines.Select(l => "  | " + l))}");
        }

        foreach (TrialFailure failure in outcome.Failures)
        {
            Diagnostics.Report(new Diagnostic(DiagnosticSeverity.Error, failure.Code, failure.Text));
        }
    }

    private TrialProfile ReadProfile() => new()
    {
        MilliCpus = Quantity.MilliCpus("EdgeCpuLimit", CpuLimit),
        MemoryBytes = Quantity.Memory("EdgeMemoryLimit", MemoryLimit),
        Network = Network.ToLowerInvariant() switch
        {
            "" or "false" => TrialProfile.NoNetwork,
            "true" => null,
            _ => Network,
        },
        Runtime = Runtime.Length == 0 ? null : Runtime,
        EngineArguments = EngineArgs.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Environment = TrialItems.Environment(EnvironmentVariables.Select(v => (v.ItemSpec, v.GetMetadata("Value")))),
        Arguments = Arguments,
        Mounts = [.. Mounts.Select(m => TrialItems.Mount(
            m.ItemSpec, m.GetMetadata("TargetPath"), m.GetMetadata("Type"), m.GetMetadata("ReadOnly"), ProjectFolder))],
    };

    private static TimeSpan Seconds(string property, string value) => Quantity.Duration(property, value, TimeSpan.FromSeconds(1));
}
