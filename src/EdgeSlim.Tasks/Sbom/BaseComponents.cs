using EdgeSlim.Bases;
using EdgeSlim.Bases.Runtimes;
using EdgeSlim.Oci;

namespace EdgeSlim.Sbom;

/// <summary>The components that come with the base image.</summary>
internal static class BaseComponents
{
    public const string FrameworkEvidence = "in the base image";

    public static IEnumerable<Component> Of(BaseImage image, Platform platform)
    {
        if (image.Digest is not Digest digest)
        {
            yield break;
        }

        yield return new Component
        {
            Kind = ComponentKind.Container,
            Name = image.Name,
            Version = digest.ToString(),
            IsPresent = true,
            Evidence = "its layers are in the image",
            Purl = image.IsLocal ? null : PackageUrl.Image(RepositoryOf(image.Name), digest, platform.Architecture),
        };
    }

    // Under the name of the package that has the same files, which advisories name.
    public static Component Of(SharedFramework framework, string runtimeIdentifier)
    {
        string name = $"{framework.Name}.Runtime.{runtimeIdentifier}";
        return new Component
        {
            Kind = ComponentKind.Framework,
            Name = name,
            Version = framework.Version,
            IsPresent = true,
            Evidence = FrameworkEvidence,
            Purl = PackageUrl.NuGet(name, framework.Version),
        };
    }

    // Without the tag, which comes after the last slash, and the digest.
    private static string RepositoryOf(string reference)
    {
        string name = reference.Split('@')[0];
        int colon = name.LastIndexOf(':');
        return colon > name.LastIndexOf('/') ? name[..colon] : name;
    }
}
