using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EdgeSlim.Bases;

namespace EdgeSlim.Sbom;

/// <summary>Writes inventories as SPDX 2.3. The same inventory gives the same bytes.</summary>
public static class SpdxWriter
{
    private const string ImageId = "SPDXRef-ContainerImage-image";
    private const string ApplicationId = "SPDXRef-Application-application";

    /// <summary>Writes the whole document. SPDX 2.3 has no words for vulnerabilities that do not matter.</summary>
    /// <param name="inventory">The inventory.</param>
    /// <param name="image">The image.</param>
    /// <returns>The document.</returns>
    public static byte[] Write(Inventory inventory, DescribedImage image)
    {
        SpdxDocument document = new()
        {
            Name = image.Repository,
            DocumentNamespace = "",
            CreationInfo = new SpdxCreation(
                Rfc3339.Of(inventory.Created), [$"Tool: EdgeSlim-{CycloneDxComponents.Tool.Version}"]),
            Packages = [Image(image), Application(inventory), .. inventory.Components.Select(Package), .. image.Layers.Select(Layer)],
            Relationships = [.. Relationships(inventory, image)],
        };
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(document, SbomJson.Indented.SpdxDocument);
        return JsonSerializer.SerializeToUtf8Bytes(
            document with { DocumentNamespace = ContentId.Of(content) }, SbomJson.Indented.SpdxDocument);
    }

    private static SpdxPackage Image(DescribedImage image) => new()
    {
        Id = ImageId,
        Name = image.Repository,
        VersionInfo = image.Digest.ToString(),
        PrimaryPackagePurpose = "CONTAINER",
        Checksums = [new SpdxChecksum("SHA256", image.Digest.Hex)],
        ExternalRefs = [Purl(PackageUrl.Image(image.Repository, image.Digest, image.Architecture))],
    };

    private static SpdxPackage Application(Inventory inventory) => new()
    {
        Id = ApplicationId,
        Name = inventory.Application,
        VersionInfo = inventory.Version,
        PrimaryPackagePurpose = "APPLICATION",
    };

    private static SpdxPackage Package(Component component) => new()
    {
        Id = IdOf(component.Reference),
        Name = component.Name,
        VersionInfo = component.Version.Length == 0 ? null : component.Version,
        LicenseDeclared = component.Licence?.Expression ?? "NOASSERTION",
        Checksums = component.Hash is null ? null
            : [new SpdxChecksum(component.Hash.Length == 64 ? "SHA256" : "SHA512", component.Hash)],
        ExternalRefs = component.Purl is null ? null : [Purl(component.Purl)],
        PrimaryPackagePurpose = component.Kind switch
        {
            ComponentKind.Framework => "FRAMEWORK",
            ComponentKind.OperatingSystem => "OPERATING_SYSTEM",
            ComponentKind.Container => "CONTAINER",
            ComponentKind.File => "FILE",
            _ => "LIBRARY",
        },
        Comment = (component.IsPresent ? "in the image: " : "not in the image: ") + component.Evidence,
    };

    private static SpdxPackage Layer(DescribedLayer layer) => new()
    {
        Id = IdOf(layer.Digest.ToString()),
        Name = "layer: " + layer.Name,
        PrimaryPackagePurpose = "ARCHIVE",
        Checksums = [new SpdxChecksum("SHA256", layer.Digest.Hex)],
    };

    private static IEnumerable<SpdxRelationship> Relationships(Inventory inventory, DescribedImage image)
    {
        yield return new SpdxRelationship("SPDXRef-DOCUMENT", "DESCRIBES", ImageId);
        yield return new SpdxRelationship(ImageId, "CONTAINS", ApplicationId);
        foreach (DescribedLayer layer in image.Layers)
        {
            yield return new SpdxRelationship(ImageId, "CONTAINS", IdOf(layer.Digest.ToString()));
        }

        foreach (Component component in inventory.Components)
        {
            // What was there to build with, and left nothing behind, is no part of the image.
            yield return component.IsPresent
                ? new SpdxRelationship(ImageId, "CONTAINS", IdOf(component.Reference))
                : new SpdxRelationship(IdOf(component.Reference), "BUILD_DEPENDENCY_OF", ApplicationId);
            foreach (string reference in component.DependsOn)
            {
                yield return new SpdxRelationship(IdOf(component.Reference), "DEPENDS_ON", IdOf(reference));
            }
        }
    }

    private static SpdxReference Purl(string purl) => new("PACKAGE-MANAGER", "purl", purl);

    // By its beginning Trivy tells what an identifier is of. Letters, digits, dots and hyphens; what else there is becomes a hyphen, and a hash keeps two apart.
    private static string IdOf(string reference)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(reference)))[..8];
        return "SPDXRef-Package-" + string.Concat(reference.Select(c => char.IsAsciiLetterOrDigit(c) || c == '.' ? c : '-')) + "-" + hash;
    }
}
