using System.Text.Json;
using EdgeSlim.Oci;

namespace EdgeSlim.Sbom;

/// <summary>Writes inventories as CycloneDX. The same inventory gives the same bytes.</summary>
public static class CycloneDxWriter
{
    // Nothing is written that was not there in 1.5 already, and scanners of 2024 read no newer one.
    private const string EmbeddedVersion = "1.5";
    private const string CurrentVersion = "1.6";

    /// <summary>
    /// Writes the document that goes into the image: what is in there, by the names that scanners look it up by, and no
    /// more. Scanners do not heed scopes, and would report what was left out.
    /// </summary>
    /// <param name="inventory">The inventory.</param>
    /// <returns>The document, without white space.</returns>
    public static byte[] WriteEmbedded(Inventory inventory) => Serialize(
        new CycloneDxDocument
        {
            SpecVersion = EmbeddedVersion,
            Metadata = new CycloneDxMetadata(new CycloneDxComponent { Type = "application", Name = inventory.Application, Version = inventory.Version }),
            Components = LookedUp(inventory, inventory.Components.Where(c => c.IsPresent && !c.IsRecorded)),
        },
        SbomJson.Lean);

    /// <summary>Writes the document that a scanner is asked about: all that can be looked up, in the image or not.</summary>
    /// <param name="inventory">The inventory.</param>
    /// <returns>The document.</returns>
    public static byte[] WriteForScan(Inventory inventory) => Serialize(
        new CycloneDxDocument
        {
            SpecVersion = EmbeddedVersion,
            Metadata = new CycloneDxMetadata(new CycloneDxComponent { Type = "application", Reference = inventory.Application, Name = inventory.Application }),
            Components = LookedUp(inventory, inventory.Components),
        },
        SbomJson.Lean);

    /// <summary>Writes the whole document.</summary>
    /// <param name="inventory">The inventory.</param>
    /// <param name="image">The image.</param>
    /// <param name="statements">What is to be said of vulnerabilities.</param>
    /// <returns>The document.</returns>
    public static byte[] Write(Inventory inventory, DescribedImage image, IReadOnlyList<VexStatement> statements)
    {
        CycloneDxComponent container = CycloneDxComponents.Image(image);
        CycloneDxComponent application = CycloneDxComponents.Application(inventory);
        return Serialize(
            new CycloneDxDocument
            {
                SpecVersion = CurrentVersion,
                Metadata = new CycloneDxMetadata(container)
                {
                    Timestamp = Rfc3339.Of(inventory.Created),
                    Tools = new CycloneDxTools([CycloneDxComponents.Tool]),
                },
                Components =
                [
                    application,
                    .. CycloneDxComponents.OperatingSystem(inventory.Distribution),
                    .. inventory.Components.Select(CycloneDxComponents.Whole),
                    .. image.Layers.Select(CycloneDxComponents.Layer),
                ],
                Dependencies =
                [
                    new CycloneDxDependency(container.Reference!, [application.Reference!, .. image.Layers.Select(l => l.Digest.ToString()).Distinct()]),
                    new CycloneDxDependency(application.Reference!, ApplicationDependsOn(inventory)),
                    .. inventory.Components.Where(c => c.DependsOn.Count > 0).Select(c => new CycloneDxDependency(c.Reference, c.DependsOn)),
                ],
                Vulnerabilities = statements.Count == 0 ? null : [.. statements.Select(CycloneDxComponents.Statement)],
            },
            SbomJson.Indented);
    }

    /// <summary>Writes the document of an application that is in no image.</summary>
    /// <param name="inventory">The inventory.</param>
    /// <returns>The document.</returns>
    public static byte[] WriteApplication(Inventory inventory)
    {
        CycloneDxComponent application = CycloneDxComponents.Application(inventory);
        return Serialize(
            new CycloneDxDocument
            {
                SpecVersion = CurrentVersion,
                Metadata = new CycloneDxMetadata(application with { Scope = null })
                {
                    Timestamp = Rfc3339.Of(inventory.Created),
                    Tools = new CycloneDxTools([CycloneDxComponents.Tool]),
                },
                Components = [.. inventory.Components.Select(CycloneDxComponents.Whole)],
                Dependencies =
                [
                    new CycloneDxDependency(application.Reference!, ApplicationDependsOn(inventory)),
                    .. inventory.Components.Where(c => c.DependsOn.Count > 0).Select(c => new CycloneDxDependency(c.Reference, c.DependsOn)),
                ],
            },
            SbomJson.Indented);
    }

    // Packages of a distribution are looked up where the distribution is named, and by nobody otherwise.
    private static CycloneDxComponent[] LookedUp(Inventory inventory, IEnumerable<Component> components)
    {
        Component[] named = [.. components.Where(c => c.Purl is not null && c.Kind != ComponentKind.Container)];
        return
        [
            .. named.Any(c => c.Source is not null) ? CycloneDxComponents.OperatingSystem(inventory.Distribution) : [],
            .. named.Select(CycloneDxComponents.Brief),
        ];
    }

    // What nobody else brings is the application's own: the runtime, libraries that were linked in, the base.
    private static string[] ApplicationDependsOn(Inventory inventory)
    {
        HashSet<string> brought = [.. inventory.Components.SelectMany(c => c.DependsOn)];
        return
        [
            .. inventory.DependsOn
                .Concat(inventory.Components.Select(c => c.Reference).Where(r => !brought.Contains(r)))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    // The serial number is one of the content, so that the same content has the same one.
    private static byte[] Serialize(CycloneDxDocument document, SbomJson json)
    {
        string serialNumber = ContentId.Of(JsonSerializer.SerializeToUtf8Bytes(document, json.CycloneDxDocument));
        return JsonSerializer.SerializeToUtf8Bytes(document with { SerialNumber = serialNumber }, json.CycloneDxDocument);
    }
}

/// <summary>An image that is described.</summary>
/// <param name="Repository">Its repository, without a registry.</param>
/// <param name="Digest">The digest of its manifest.</param>
/// <param name="Architecture">The processor that it is for.</param>
/// <param name="Layers">Its layers, base first.</param>
public sealed record DescribedImage(string Repository, Digest Digest, string Architecture, IReadOnlyList<DescribedLayer> Layers);

/// <summary>A layer of an image that is described.</summary>
/// <param name="Name">What it holds.</param>
/// <param name="Digest">The digest of the compressed blob.</param>
public sealed record DescribedLayer(string Name, Digest Digest);

/// <summary>What is to be said of a vulnerability of a component: that its code is not there.</summary>
/// <param name="Id">The vulnerability.</param>
/// <param name="Reference">The component.</param>
/// <param name="Detail">How that is known.</param>
public sealed record VexStatement(string Id, string Reference, string Detail);
