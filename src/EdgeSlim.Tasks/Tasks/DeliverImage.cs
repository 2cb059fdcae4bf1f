using EdgeSlim.Composition;
using EdgeSlim.Delivery;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Profiles;
using EdgeSlim.Publishing;
using EdgeSlim.Registry;
using EdgeSlim.Reporting;
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

    /// <summary>The layouts of images beside which lie bills of materials to deliver with them.</summary>
    public string[] DescribedLayouts { get; set; } = [];

    /// <summary>The layouts of images beside which seccomp profiles may lie, to deliver with them.</summary>
    public string[] ProfiledLayouts { get; set; } = [];

    /// <summary>What tells the names of the image's files from those of other images of the same run.</summary>
    public string Suffix { get; set; } = "";

    /// <summary>Where it is noted what was attached to images in registries.</summary>
    [Required]
    public string AttachmentsFile { get; set; } = "";

    /// <summary>Where what was delivered is written to.</summary>
    [Required]
    public string DeliveriesFile { get; set; } = "";

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
        ImageLayout layout = new(LayoutFolder);
        LayoutTree tree = layout.ReadTree();
        DeliverableImage image = new(layout, tree, Repository, Tags, Suffix);
        IReadOnlyList<RegistryName> names = ReadDeliveryRegistries();
        List<RegistryClient> clients = [];
        try
        {
            Attachments attachments = new(File.Exists(AttachmentsFile) ? await File.ReadAllLinesAsync(AttachmentsFile, cancellationToken) : []);
            clients.AddRange(names.Select(name => Connect(name, names[0], options)));
            if (await new DeliveryRun(Diagnostics).RunAsync(Destinations(clients, attachments), image, cancellationToken)
                is IReadOnlyList<Delivered> deliveries)
            {
                await StageFile.WriteAsync(AttachmentsFile, attachments.Lines, cancellationToken);
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
    private List<IDestination> Destinations(List<RegistryClient> registries, Attachments attachments)
    {
        List<IDestination> destinations = [];
        ArchiveFormat format = OneOf<ArchiveFormat>("EdgeArchiveFormat", ArchiveFormat);
        if (ArchiveOutputPath.Length > 0)
        {
            destinations.Add(new ArchiveDestination(ArchiveOutputPath, format));
        }

        if (ReadEngines() is { Count: > 0 } engines)
        {
            destinations.Add(FindEngine(engines));
        }

        TagPatterns mutable = TagPatterns.Parse(MutableTags);
        KnownBlobs known = ReadKnownBlobs();
        IReadOnlyList<AttachedArtifact> artifacts = registries.Count == 0 ? [] :
        [
            .. DescribedLayouts.SelectMany(SbomArtifacts.Read),
            .. ProfiledLayouts.Select(ProfileArtifact.Read).OfType<AttachedArtifact>(),
        ];
        destinations.AddRange(registries.Select(registry => new RegistryDestination(registry, Diagnostics)
        {
            IsImmutable = tag => CommitTags.Any(c => tag == c || tag == c + Suffix) && !mutable.Match(tag),
            Known = known,
            Artifacts = artifacts,
            Attachments = attachments,
        }));
        return destinations;
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
