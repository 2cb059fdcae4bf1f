using EdgeSlim.Bases;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;
using EdgeSlim.Registry.Referrers;

namespace EdgeSlim.Reporting.Comparison;

/// <summary>Gets the reports of images from registries, where they were pushed beside the images.</summary>
/// <param name="connect">Makes the client of a registry.</param>
/// <param name="folder">A folder for what is on its way.</param>
public sealed class RegistryReports(Func<RegistryName, RegistryClient> connect, string folder)
{
    private const string DockerHub = "docker.io";

    /// <summary>Gets that of an image.</summary>
    /// <param name="name">The image, with its registry.</param>
    /// <param name="platform">Of several platforms, the one that is wanted.</param>
    /// <param name="known">The report that is at hand; null for none. It is not got again.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The report; null where there is no such image, or none beside it.</returns>
    /// <exception cref="EdgeException">It is no image reference (EDGE5003), or the registry does not answer.</exception>
    public async Task<ImageReport?> FindAsync(string name, Platform platform, ImageReport? known, CancellationToken cancellationToken)
    {
        ImageReference reference = Parse(name);
        RegistryName registryName = RegistryName.Parse(reference.Registry);
        using RegistryClient registry = connect(registryName);
        RepositoryClient repository = registry.Repository(registryName.ApiRepository(reference.Repository), RegistryAccess.Pull);
        if (await ImageOfAsync(name, repository, reference.Reference, platform, cancellationToken) is not Digest image)
        {
            return null;
        }

        return known?.Image.Digest == image ? known : await ReportOfAsync(repository, image, cancellationToken);
    }

    private static ImageReference Parse(string name)
    {
        try
        {
            ImageReference reference = ImageReference.Parse(name);
            return reference.Registry != DockerHub || name.StartsWith(DockerHub + "/", StringComparison.Ordinal)
                ? reference
                : throw new EdgeException(
                    DiagnosticCodes.ComparedReportUnreadable, name, "there is no such file, and the name of an image begins with its registry");
        }
        catch (EdgeException e) when (e.Code != DiagnosticCodes.ComparedReportUnreadable)
        {
            throw new EdgeException(e, DiagnosticCodes.ComparedReportUnreadable, name, e.Message);
        }
    }

    private static async Task<Digest?> ImageOfAsync(
        string name, RepositoryClient repository, string reference, Platform platform, CancellationToken cancellationToken)
    {
        if (await repository.GetManifestAsync(reference, cancellationToken) is not RegistryManifest document)
        {
            return null;
        }

        return BaseDocuments.IsIndex(document.Descriptor)
            ? BaseDocuments.Find(BaseDocuments.Index(name, document).Manifests, platform)?.Digest
            : document.Descriptor.Digest;
    }

    // Of several the last that can be read: one of another version of EdgeSlim says nothing.
    private async Task<ImageReport?> ReportOfAsync(RepositoryClient repository, Digest image, CancellationToken cancellationToken)
    {
        IReadOnlyList<Descriptor> found = await new ReferrerStore(repository).ListAsync(image, ReportArtifacts.ArtifactType, cancellationToken);
        foreach (Descriptor referrer in found.Reverse())
        {
            if (await repository.GetManifestAsync(referrer.Digest.ToString(), cancellationToken) is RegistryManifest document
                && BaseDocuments.Manifest(repository.Name, document).Layers is [Descriptor content, ..]
                && await ReadAsync(repository, content, cancellationToken) is ImageReport report
                && report.Image.Digest == image)
            {
                return report;
            }
        }

        return null;
    }

    private async Task<ImageReport?> ReadAsync(RepositoryClient repository, Descriptor content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, content.Digest.Hex);
        try
        {
            await repository.GetBlobAsync(content, path, cancellationToken);
            using FileStream packed = File.OpenRead(path);
            return ReportArtifacts.TryUnpack(packed);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
