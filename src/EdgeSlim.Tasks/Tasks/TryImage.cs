using System.Text;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;
using EdgeSlim.Reporting;
using EdgeSlim.Trials;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="Trier"/>.</summary>
public sealed class TryImage : EdgeTask
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

    /// <summary>EdgeTrial, when it is not <c>off</c>.</summary>
    public string Trial { get; set; } = "";

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

    /// <summary>Where the result of a trial that went well is written to.</summary>
    [Required]
    public string ResultFile { get; set; } = "";

    /// <summary>Where the JUnit file is written to.</summary>
    [Required]
    public string JUnitFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        File.Delete(ResultFile);
        File.Delete(JUnitFile);
        ImageLayout layout = new(LayoutFolder);
        if (!Directory.Exists(LayoutFolder))
        {
            throw new EdgeException(DiagnosticCodes.NothingToTry, LayoutFolder);
        }

        TrialSettings settings = new()
        {
            Profile = ReadProfile(),
            Readiness = ReadinessReader.Read(
                Http, Port, LogPattern, Flag("EdgeVerifyExit", Exits), Alive, layout.ReadImage().Config.Config),
            Limits = new TrialLimits(
                Seconds("EdgeMaxStartup", MaxStartup),
                Quantity.Memory("EdgeMaxMemory", MaxMemory),
                Seconds("EdgeMaxStop", MaxStop),
                Seconds("EdgeVerifyTimeout", Timeout)),
        };
        string? engine = Engine is "" or "auto" ? null : Engine;
        bool isRequired = engine is not null || Trial.Equals("required", StringComparison.OrdinalIgnoreCase);
        MachineTools tools = new(Environment.GetEnvironmentVariable("PATH") ?? "");
        if (await new Trier(tools, Diagnostics).TryAsync(layout, engine, isRequired, settings, cancellationToken) is not TrialOutcome outcome)
        {
            return;
        }

        if (outcome.Failures.Count > 0 && outcome.LastLines.Count > 0)
        {
            Diagnostics.Important($"What the application said last:\n{string.Join('\n', outcome.LastLines.Select(l => "  | " + l))}");
        }

        foreach (TrialFailure failure in outcome.Failures)
        {
            Diagnostics.Report(new Diagnostic(DiagnosticSeverity.Error, failure.Code, failure.Text));
        }

        await StageFile.WriteAsync(
            JUnitFile, Encoding.UTF8.GetBytes(TrialJUnit.Write(Image, outcome)), cancellationToken);
        if (outcome.Failures.Count == 0)
        {
            Diagnostics.Important($"{Image}: {Summary.Line(outcome.Result)}");
            await StageFile.WriteAsync(ResultFile, outcome.Result, FactsJson.Documents.TrialResult, cancellationToken);
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
