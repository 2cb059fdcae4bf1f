using EdgeSlim.Composition;
using EdgeSlim.Delivery;
using EdgeSlim.Delivery.Signing;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Profiles;
using EdgeSlim.Publishing;
using EdgeSlim.Registry;
using EdgeSlim.Results;
using EdgeSlim.Reporting;
using EdgeSlim.Reporting.Comparison;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of the destinations: archive, engine and registries, those at hand first.</summary>
public sealed class DeliverImage : RegistryTask
{
    /// <summary>The image layout's folder.</summary>
    [Required]
    public string LayoutFolder { get; set; } = "";

    /// <summary>The repository, without a registry.</summary>
    [Required]
    public string Repository { get; set; } = "";

    /// <summary>The tags.</summary>
    public string[] Tags { get; set; } = [];

    /// <summary>ContainerArchiveOutputPath; empty for none.</summary>
    public string ArchiveOutputPath { get; set; } = "";

    /// <summary>EdgeArchiveFormat.</summary>
    public string ArchiveFormat { get; set; } = "";

    /// <summary>EdgeLoad.</summary>
    public string Load { get; set; } = "";

    /// <summary>LocalRegistry: the engine to load into, where the user names one.</summary>
    public string LocalRegistry { get; set; } = "";

    /// <summary>The tags that stand for a commit, so that they may not be moved to another image.</summary>
    public string[] CommitTags { get; set; } = [];

    /// <summary>EdgeMutableTags.</summary>
    public string MutableTags { get; set; } = "";

    /// <summary>EdgeDigestFile; empty for none.</summary>
    public string DigestFile { get; set; } = "";

    /// <summary>
    /// Files to keep beside images in registries, with metadata Layout (of the image that each speaks of), ArtifactType,
    /// MediaType (if another) and PredicateType (of a statement).
    /// </summary>
    public ITaskItem[] Attached { get; set; } = [];

    /// <summary>EdgeSign.</summary>
    public string Sign { get; set; } = "";

    /// <summary>EdgeSignKey.</summary>
    public string SignKey { get; set; } = "";

    /// <summary>EdgeSignVerifyKey.</summary>
    public string SignVerifyKey { get; set; } = "";

    /// <summary>EdgeSignIdentity.</summary>
    public string SignIdentity { get; set; } = "";

    /// <summary>EdgeSignIssuer.</summary>
    public string SignIssuer { get; set; } = "";

    /// <summary>EdgeSignArgs.</summary>
    public string[] SignArguments { get; set; } = [];

    /// <summary>EdgeSignVerifyArgs.</summary>
    public string[] SignVerifyArguments { get; set; } = [];

    /// <summary>EdgeSignTimeout, in seconds.</summary>
    public string SignTimeout { get; set; } = "";

    /// <summary>The layouts of images whose reports are kept beside them.</summary>
    public string[] MeasuredLayouts { get; set; } = [];

    /// <summary>What tells the names of the image's files from those of other images of the same run.</summary>
    public string Suffix { get; set; } = "";

    /// <summary>Where it is noted what need not be delivered again.</summary>
    [Required]
    public string NotesFile { get; set; } = "";

    /// <summary>Where what was delivered is written to.</summary>
    [Required]
    public string DeliveriesFile { get; set; } = "";

    /// <summary>A file that two runs on the same layout agree on.</summary>
    [Required]
    public string LockFile { get; set; } = "";

    /// <summary>Where the digest of what was composed is noted: nothing else is delivered.</summary>
    [Required]
    public string ComposedFile { get; set; } = "";

    /// <summary>The folder of all results, with the marks of the gates and the profiles.</summary>
    [Required]
    public string ResultsFolder { get; set; } = "";

    /// <summary>The manifest's digest.</summary>
    [Output]
    public string Digest { get; set; } = "";

    /// <summary>The manifest's media type.</summary>
    [Output]
    public string MediaType { get; set; } = "";

    /// <summary>The manifest's text.</summary>
    [Output]
    public string Manifest { get; set; } = "";

    /// <summary>The configuration's text.</summary>
    [Output]
    public string Configuration { get; set; } = "";

    /// <summary>The names under which the image was delivered.</summary>
    [Output]
    public string[] Names { get; set; } = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        RegistryOptions options = ReadOptions();
        // Nobody writes another image into the layout, and removes the blobs of this one, while it is delivered.
        await using FileStream exclusive = await LayoutLock.TakeAsync(LockFile, Diagnostics, cancellationToken);
        ComposedDigest.Require(ComposedFile, LayoutFolder);
        ImageLayout layout = new(LayoutFolder);
        LayoutTree tree = layout.ReadTree();
        PassedGates.Require(ResultsFolder, LayoutFolder, tree);
        DeliverableImage image = new(layout, tree, Repository, Tags, Suffix);
        IReadOnlyList<RegistryName> names = ReadDeliveryRegistries();
        List<RegistryClient> clients = [];
        try
        {
            DeliveryNotes notes = new(File.Exists(NotesFile) ? await File.ReadAllLinesAsync(NotesFile, cancellationToken) : []);
            clients.AddRange(names.Select(name => Connect(name, names[0], options)));
            if (await new DeliveryRun(Diagnostics).RunAsync(Destinations(clients, notes), image, cancellationToken)
                is IReadOnlyList<Delivered> deliveries)
            {
                await StageFile.WriteAsync(NotesFile, notes.Lines, cancellationToken);
                await ReportAsync(image, deliveries, names, cancellationToken);
            }
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    private async Task ReportAsync(
        DeliverableImage image, IReadOnlyList<Delivered> deliveries, IReadOnlyList<RegistryName> registries, CancellationToken cancellationToken)
    {
        Descriptor root = image.Tree.Root;
        await StageFile.WriteAsync(
            DeliveriesFile, deliveries, FactsJson.Documents.IReadOnlyListDelivered, cancellationToken);
        Digest = root.Digest.ToString();
        MediaType = root.MediaType;
        Manifest = await File.ReadAllTextAsync(image.Layout.BlobPath(root.Digest), cancellationToken);
        // An index has no configuration of its own.
        Configuration = image.Tree.IsIndex
            ? ""
            : await File.ReadAllTextAsync(image.Layout.BlobPath(image.Image.Manifest.Config.Digest), cancellationToken);
        Names = [.. deliveries.SelectMany(d => d.Names)];
        if (DigestFile.Length > 0)
        {
            IEnumerable<string> places = registries.Select(r => $"{r}/{Repository}").DefaultIfEmpty(Repository);
            await StageFile.WriteAsync(DigestFile, places.Select(place => $"{place}@{root.Digest}"), cancellationToken);
        }
    }

    // Everything that can fail for a user's mistake is found here, before the first destination gets anything.
    private List<IDestination> Destinations(List<RegistryClient> registries, DeliveryNotes notes)
    {
        List<IDestination> destinations = [];
        ArchiveFormat format = OneOf<ArchiveFormat>("EdgeArchiveFormat", ArchiveFormat);
        if (ArchiveOutputPath.Length > 0)
        {
            destinations.Add(new ArchiveDestination(ArchiveOutputPath, format) { Notes = notes });
        }

        if (ReadEngines() is { Count: > 0 } engines)
        {
            destinations.Add(FindEngine(engines));
        }

        TagPatterns mutable = TagPatterns.Parse(MutableTags);
        KnownBlobs known = ReadKnownBlobs();
        IReadOnlyList<AttachedArtifact> artifacts = registries.Count == 0 ? [] :
        [
            .. Attached.Select(ReadFile).Select(AttachedArtifact.Read),
            .. MeasuredLayouts.SelectMany(ReportArtifacts.Read),
            .. ProfileArtifact.Read(LayoutFolder, ResultsFolder),
        ];
        ImageSigner? signer = FindSigner(registries.Count > 0);
        destinations.AddRange(registries.Select(registry => new RegistryDestination(registry, Diagnostics)
        {
            IsImmutable = tag => CommitTags.Any(c => tag == c || tag == c + Suffix) && !mutable.Match(tag),
            Known = known,
            Artifacts = artifacts,
            Notes = notes,
            Signer = signer,
            SigningRegistry = registries[0].Registry,
        }));
        return destinations;
    }

    private ImageSigner? FindSigner(bool isPushed)
    {
        if (!isPushed)
        {
            return null;
        }

        SigningSettings settings = new SigningSettings
        {
            Key = SignKey,
            VerifyKey = SignVerifyKey,
            Identity = SignIdentity,
            Issuer = SignIssuer,
            Arguments = SignArguments,
            VerifyArguments = SignVerifyArguments,
            Timeout = Seconds("EdgeSignTimeout", SignTimeout, new SigningSettings().Timeout),
        }.CompletedFrom(Environment.GetEnvironmentVariable);
        ImageSigner? signer = ImageSigner.Find(Sign, settings, new MachineTools(Environment.GetEnvironmentVariable("PATH") ?? ""));
        if (signer is null && Sign.Equals("auto", StringComparison.OrdinalIgnoreCase))
        {
            Diagnostics.Important("The image is not signed: there is neither cosign nor notation on PATH (EdgeSign=auto).");
        }

        return signer;
    }

    private static AttachedFile ReadFile(ITaskItem item)
    {
        string artifactType = item.GetMetadata("ArtifactType");
        return new AttachedFile(
            item.ItemSpec,
            item.GetMetadata("Layout"),
            artifactType,
            item.GetMetadata("MediaType") is { Length: > 0 } mediaType ? mediaType : artifactType,
            item.GetMetadata("PredicateType"));
    }

    /// <summary>The engines of which the first that is there is loaded into; none where none is asked for.</summary>
    private IReadOnlyList<ContainerEngine> ReadEngines()
    {
        if (ContainerEngine.All.FirstOrDefault(e => e.Name.Equals(Load, StringComparison.OrdinalIgnoreCase)) is { } asked)
        {
            return [asked];
        }

        bool isAsked = Load.Length > 0 && (bool.TryParse(Load, out bool flag)
            ? flag
            : throw new EdgeException(
                DiagnosticCodes.InvalidPropertyValue, "EdgeLoad", Load, "true, false, podman, docker, containerd"));
        if (!isAsked)
        {
            return [];
        }

        return LocalRegistry.Length == 0
            ? ContainerEngine.Usual
            : ContainerEngine.All.FirstOrDefault(e => e.Name.Equals(LocalRegistry, StringComparison.OrdinalIgnoreCase)) is { } local
                ? [local]
                : throw new EdgeException(
                    DiagnosticCodes.InvalidPropertyValue, "LocalRegistry", LocalRegistry, "Podman, Docker, Containerd");
    }

    private EngineDestination FindEngine(IReadOnlyList<ContainerEngine> engines)
    {
        MachineTools tools = new(Environment.GetEnvironmentVariable("PATH") ?? "");
        return engines
            .Select(engine => tools.Find(engine.Program) is string program ? new EngineDestination(engine, program) : null)
            .OfType<EngineDestination>()
            .FirstOrDefault()
            ?? throw new EdgeException(
                DiagnosticCodes.NoEngine, string.Join(" or ", engines.Select(e => $"'{e.Program}'")), LayoutFolder);
    }
}
