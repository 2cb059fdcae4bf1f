using EdgeSlim.Composition;
using EdgeSlim.Delivery;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Profiles;
using EdgeSlim.Registry;
using EdgeSlim.Registry.Referrers;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Attaches the seccomp profile to the image in the registries that have it.</summary>
public sealed class AttachProfile : RegistryTask
{
    /// <summary>The image layout's folder.</summary>
    [Required]
    public string LayoutFolder { get; set; } = "";

    /// <summary>The image's plan, which names its repository.</summary>
    [Required]
    public string PlanFile { get; set; } = "";

    /// <summary>The folder of all results.</summary>
    [Required]
    public string ResultsFolder { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        string repositoryName = (await StageFile.ReadAsync(PlanFile, PlanJson.Documents.ImagePlan, cancellationToken)).Repository;
        RegistryOptions options = ReadOptions();
        IReadOnlyList<RegistryName> names = ReadDeliveryRegistries();
        foreach ((RegistryName name, AttachedArtifact profile) in names.SelectMany(n => ProfileArtifact.Read(LayoutFolder, ResultsFolder).Select(p => (n, p))))
        {
            using RegistryClient registry = Connect(name, names[0], options);
            RepositoryClient repository = registry.Repository(repositoryName, RegistryAccess.Push);
            string place = $"{name}/{repositoryName}@{profile.Subject.Digest}";
            if (await repository.FindManifestAsync(profile.Subject.Digest.ToString(), cancellationToken) is null)
            {
                Diagnostics.Important($"{place} is not there; the seccomp profile will be attached when it is delivered.");
                continue;
            }

            Descriptor pushed = await new ReferrerStore(repository).PushAsync(profile.Subject, profile.Artifact, cancellationToken);
            Diagnostics.Important($"{place} has the seccomp profile attached: {pushed.Digest} ({ProfileArtifact.MediaType}).");
        }
    }
}
