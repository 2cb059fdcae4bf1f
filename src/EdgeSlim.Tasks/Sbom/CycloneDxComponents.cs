using EdgeSlim.Bases;
using EdgeSlim.Bases.Slicing;

namespace EdgeSlim.Sbom;

/// <summary>Says in CycloneDX's words what components are.</summary>
internal static class CycloneDxComponents
{
    private const string Prefix = "edgeslim:";

    public static CycloneDxComponent Tool { get; } = new()
    {
        Type = "application",
        Name = "EdgeSlim",
        Version = typeof(CycloneDxComponents).Assembly.GetName().Version!.ToString(fieldCount: 3),
    };

    /// <summary>A component by what scanners look it up by.</summary>
    public static CycloneDxComponent Brief(Component component) => new()
    {
        Type = TypeOf(component.Kind),
        Reference = component.Reference,
        Name = component.Name,
        Version = component.Version,
        Purl = component.Purl,
        Properties = ForTrivy(component),
    };

    /// <summary>A component with all that is known of it.</summary>
    public static CycloneDxComponent Whole(Component component) => Brief(component) with
    {
        Scope = component.IsPresent ? "required" : "excluded",
        Hashes = component.Hash is null ? null
            : [new CycloneDxHash(component.Hash.Length == 64 ? "SHA-256" : "SHA-512", component.Hash)],
        Licenses = component.Licence is null ? null : [Licence(component.Licence)],
        Properties =
        [
            new CycloneDxProperty(Prefix + "present", component.IsPresent ? "true" : "false"),
            new CycloneDxProperty(Prefix + "evidence", component.Evidence),
            .. ForTrivy(component) ?? [],
        ],
    };

    public static CycloneDxComponent Application(Inventory inventory) => new()
    {
        Type = "application",
        Reference = $"{inventory.Application}@{inventory.Version}",
        Name = inventory.Application,
        Version = inventory.Version,
        Scope = "required",
    };

    public static CycloneDxComponent Image(DescribedImage image)
    {
        string purl = PackageUrl.Image(image.Repository, image.Digest, image.Architecture);
        return new CycloneDxComponent
        {
            Type = "container",
            Reference = purl,
            Name = image.Repository,
            Version = image.Digest.ToString(),
            Purl = purl,
        };
    }

    public static CycloneDxComponent Layer(DescribedLayer layer) => new()
    {
        Type = "file",
        Reference = layer.Digest.ToString(),
        Name = "layer: " + layer.Name,
        Hashes = [new CycloneDxHash("SHA-256", layer.Digest.Hex)],
    };

    public static IEnumerable<CycloneDxComponent> OperatingSystem(Distribution? distribution) => distribution is null ? [] :
    [
        new CycloneDxComponent
        {
            Type = "operating-system",
            Reference = "distribution",
            Name = distribution.Id,
            Version = distribution.Version,
        },
    ];

    public static CycloneDxVulnerability Statement(VexStatement statement) => new(
        statement.Id,
        new CycloneDxAnalysis("not_affected", "code_not_present", statement.Detail),
        [new CycloneDxAffected(statement.Reference)]);

    private static CycloneDxLicenceChoice Licence(Licence licence) => licence.Expression is { } expression
        ? new CycloneDxLicenceChoice(expression, null)
        : new CycloneDxLicenceChoice(null, new CycloneDxLicence("see the address", licence.Url));

    // Advisories of distributions speak of source packages, which Trivy takes from nowhere else.
    private static CycloneDxProperty[]? ForTrivy(Component component) =>
        component.Source is { } source && source != component.Name
            ? [new CycloneDxProperty("aquasecurity:trivy:SrcName", source), new CycloneDxProperty("aquasecurity:trivy:SrcVersion", component.Version)]
            : null;

    // A runtime is a framework by the specification; Trivy looks up libraries only.
    private static string TypeOf(ComponentKind kind) => kind switch
    {
        ComponentKind.OperatingSystem => "operating-system",
        ComponentKind.Container => "container",
        ComponentKind.File => "file",
        _ => "library",
    };
}
