using EdgeSlim.Bases;
using EdgeSlim.Composition;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="DebugTwin"/>.</summary>
public sealed class PlanDebugImage : EdgeTask
{
    /// <summary>The plan of the image.</summary>
    [Required]
    public string PlanFile { get; set; } = "";

    /// <summary>The payload that the slim stage left.</summary>
    [Required]
    public string PayloadFile { get; set; } = "";

    /// <summary>The folder in which symbols are kept.</summary>
    [Required]
    public string SymbolsFolder { get; set; } = "";

    /// <summary>The base image that was pulled; empty for the image's own base and this machine's shell.</summary>
    public string BaseFile { get; set; } = "";

    /// <summary>Where the twin's plan is written to.</summary>
    [Required]
    public string DebugPlanFile { get; set; } = "";

    /// <summary>The twin's tags.</summary>
    [Output]
    public string[] Tags { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        ImagePlan image = await StageFile.ReadAsync(PlanFile, PlanJson.Documents.ImagePlan, cancellationToken);
        Payload payload = await StageFile.ReadAsync(PayloadFile, PlanJson.Documents.Payload, cancellationToken);
        LayerPlan? symbols = DebugLayers.Symbols(payload.Symbols, SymbolsFolder, image);
        ImagePlan twin;
        if (BaseFile.Length > 0)
        {
            BaseImage baseImage = await StageFile.ReadAsync(BaseFile, PlanJson.Documents.BaseImage, cancellationToken);
            twin = DebugTwin.Plan(image, baseImage, Present(symbols), folders: []);
        }
        else
        {
            MachineTools tools = new(Environment.GetEnvironmentVariable("PATH") ?? "");
            StaticShell shell = await StaticShell.ReadAsync(
                tools.Find(StaticShell.ProgramName), image.Platform, cancellationToken);
            twin = DebugTwin.Plan(
                image, null, Present(DebugLayers.Shell(shell, image), symbols), [DebugLayers.ShellFolder]);
        }

        Tags = [.. twin.Tags];
        await StageFile.WriteAsync(DebugPlanFile, twin, PlanJson.Documents.ImagePlan, cancellationToken);
    }

    private static LayerPlan[] Present(params LayerPlan?[] layers) => [.. layers.OfType<LayerPlan>()];
}
