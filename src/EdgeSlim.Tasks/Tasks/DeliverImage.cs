using EdgeSlim.Composition;
using EdgeSlim.Delivery;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;
using EdgeSlim.Registry;
using EdgeSlim.Reporting;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of the destinations: archive, engine and registry, those at hand first.</summary>
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

    /// <summary>What tells the names of the image's files from those of other images of the same run.</summary>
    public string Suffix { get; set; } = "";

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
        DeliverableImage deliverable = new(layout, tree, Repository, Tags, Suffix);
        RegistryName? registryName = ReadDeliveryRegistry();
        using RegistryClient? registry = registryName is null ? null : Connect(registryName, registryName, options);

        List<Delivered> deliveries = [];
        foreach (IDestination destination in Destinations(registry))
        {
            deliveries.Add(await destination.DeliverAsync(deliverable, cancellationToken));
        }

        await StageFile.WriteAsync(
            DeliveriesFile, deliveries, FactsJson.Documents.IReadOnlyListDelivered, cancellationToken);
        Digest = tree.Root.Digest.ToString();
        MediaType = tree.Root.MediaType;
        Manifest = await File.ReadAllTextAsync(layout.BlobPath(tree.Root.Digest), cancellationToken);
        // An index has no configuration of its own.
        Configuration = tree.IsIndex
            ? ""
            : await File.ReadAllTextAsync(layout.BlobPath(deliverable.Image.Manifest.Config.Digest), cancellationToken);
        Names = [.. deliveries.SelectMany(d => d.Names)];
    }

    // Everything that can fail for a user's mistake is found here, before the first destination gets anything.
    private List<IDestination> Destinations(RegistryClient? registry)
    {
        List<IDestination> destinations = [];
        ArchiveFormat format = OneOf<ArchiveFormat>("EdgeArchiveFormat", ArchiveFormat);
        if (ArchiveOutputPath.Length > 0)
        {
            destinations.Add(new ArchiveDestination(ArchiveOutputPath, format));
        }

        if (Flag("EdgeLoad", Load))
        {
            destinations.Add(new EngineDestination(FindEngine()));
        }

        if (registry is not null)
        {
            destinations.Add(new RegistryDestination(registry, Diagnostics));
        }

        return destinations;
    }

    private string FindEngine()
    {
        IReadOnlyList<string> engines = EngineDestination.Engines;
        if (LocalRegistry.Length > 0)
        {
            string named = LocalRegistry.ToLowerInvariant();
            engines = engines.Contains(named)
                ? [named]
                : throw new EdgeException(
                    DiagnosticCodes.InvalidPropertyValue, "LocalRegistry", LocalRegistry, "Podman, Docker");
        }

        MachineTools tools = new(Environment.GetEnvironmentVariable("PATH") ?? "");
        return engines.Select(tools.Find).OfType<string>().FirstOrDefault()
            ?? throw new EdgeException(
                DiagnosticCodes.NoEngine, string.Join(" or ", engines.Select(e => $"'{e}'")), LayoutFolder);
    }
}
