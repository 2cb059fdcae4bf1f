using EdgeSlim.Bases.Needs;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;
using EdgeSlim.Reporting;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="ObservationReader"/> and <see cref="NeedFinder"/>.</summary>
public sealed class DetectNeeds : EdgeTask
{
    /// <summary>The payload that the slim stage left; empty before the executable is linked.</summary>
    public string PayloadFile { get; set; } = "";

    /// <summary>The runtime identifier.</summary>
    [Required]
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary>The executable's path below the working directory.</summary>
    [Required]
    public string Executable { get; set; } = "";

    /// <summary>The object that the AOT compiler made; empty without Native AOT.</summary>
    public string NativeObject { get; set; } = "";

    /// <summary>The AOT compiler's account of what it compiled; empty where there is none.</summary>
    public string MstatFile { get; set; } = "";

    /// <summary>The application's assemblies and those of packages; metadata IsOwn.</summary>
    public ITaskItem[] Assemblies { get; set; } = [];

    /// <summary>The native libraries of packages; metadata NuGetPackageId and NuGetPackageVersion, as NuGet's restore has them.</summary>
    public ITaskItem[] NativeAssets { get; set; } = [];

    /// <summary>EdgeNeed items; metadata Known (EdgeSlim's own) and Needed.</summary>
    public ITaskItem[] Needs { get; set; } = [];

    /// <summary>EdgeGlobalization.</summary>
    public string Globalization { get; set; } = "";

    /// <summary>InvariantGlobalization.</summary>
    public bool InvariantGlobalization { get; set; }

    /// <summary>Whether nobody but EdgeSlim said so.</summary>
    public bool InvariantByDefault { get; set; }

    /// <summary>InvariantTimezone.</summary>
    public bool InvariantTimezone { get; set; }

    /// <summary>StaticOpenSslLinking.</summary>
    public bool StaticOpenSsl { get; set; }

    /// <summary>StaticICULinking.</summary>
    public bool StaticIcu { get; set; }

    /// <summary>DirectPInvoke.</summary>
    public string[] DirectPInvokes { get; set; } = [];

    /// <summary>Where the needs are written to.</summary>
    [Required]
    public string NeedsFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        NeedRequests requests = NeedRequests.Read([.. Needs.Select(n => new NeedItem(
            n.ItemSpec,
            Flag("EdgeNeed.Known", n.GetMetadata("Known")),
            n.GetMetadata("Needed").Length == 0 || Flag("EdgeNeed.Needed", n.GetMetadata("Needed"))))]);
        List<AskedNeed> asked = [.. requests.Asked.Select(name => new AskedNeed(name, "EdgeNeed"))];
        if (Globalization.Equals("icu", StringComparison.OrdinalIgnoreCase))
        {
            asked.Add(new AskedNeed(KnownNeeds.Icu, "EdgeGlobalization"));
        }

        IReadOnlyList<PayloadFile> files = PayloadFile.Length == 0
            ? []
            : (await StageFile.ReadAsync(PayloadFile, PlanJson.Documents.Payload, cancellationToken)).Files;
        ObservationRequest request = new()
        {
            NativeObject = NativeObject.Length == 0 ? null : NativeObject,
            Mstat = MstatFile.Length == 0 ? null : MstatFile,
            Assemblies = [.. Assemblies.Select(a => new AssemblyFile(a.ItemSpec, Flag("IsOwn", a.GetMetadata("IsOwn"))))],
            NativeAssets =
            [
                .. NativeAssets.Select(a => new NativeAsset(
                    Path.GetFileName(a.ItemSpec), $"{a.GetMetadata("NuGetPackageId")} {a.GetMetadata("NuGetPackageVersion")}")),
            ],
            NativeFiles = [.. files.Where(f => f.Machine is not null).Select(f => (f.Source, f.TargetPath))],
        };
        NeedSettings settings = new()
        {
            RuntimeIdentifier = RuntimeIdentifier,
            Executable = Executable,
            InvariantGlobalization = InvariantGlobalization,
            InvariantByDefault = InvariantByDefault,
            InvariantTimezone = InvariantTimezone,
            StaticOpenSsl = StaticOpenSsl,
            StaticIcu = StaticIcu,
            DirectPInvokes = DirectPInvokes,
            Asked = asked,
            Refused = requests.Refused,
        };
        Observations seen = await new ObservationReader(request, Memory(), Diagnostics).ReadAsync(cancellationToken);
        Diagnostics.Detail(
            $"Looked at {seen.UndefinedSymbols?.Count ?? 0} undefined symbols, "
            + $"{seen.Assemblies.Count} assemblies and {seen.NativeFiles.Count} native files.");
        ApplicationNeeds needs = NeedFinder.Find(seen, settings);
        await StageFile.WriteAsync(NeedsFile, needs, FactsJson.Documents.ApplicationNeeds, cancellationToken);
    }

    // Of this build: MSBuild forgets it at the end.
    private ObservationMemory Memory()
    {
        if (BuildEngine is not IBuildEngine4 engine)
        {
            return new ObservationMemory();
        }

        if (engine.GetRegisteredTaskObject(typeof(ObservationMemory), RegisteredTaskObjectLifetime.Build) is not ObservationMemory memory)
        {
            memory = new ObservationMemory();
            engine.RegisterTaskObject(typeof(ObservationMemory), memory, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: true);
        }

        return memory;
    }
}
