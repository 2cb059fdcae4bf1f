using EdgeSlim.Delivery.Signing;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;
using EdgeSlim.Registry.Referrers;

namespace EdgeSlim.Delivery;

/// <summary>Pushes an image to a registry.</summary>
/// <param name="registry">The registry's client; the caller closes it.</param>
/// <param name="diagnostics">Where to say what was sent.</param>
public sealed class RegistryDestination(RegistryClient registry, IDiagnosticSink diagnostics) : IDestination
{
    private readonly ImagePusher _pusher = new(diagnostics);
    private PushPlan? _plan;

    /// <summary>Says of a tag whether it may not be moved to another image.</summary>
    public Func<string, bool> IsImmutable { get; init; } = _ => false;

    /// <summary>Where else the registry may have blobs.</summary>
    public KnownBlobs Known { get; init; } = KnownBlobs.None;

    /// <summary>What is kept beside the image, and refers to it.</summary>
    public IReadOnlyList<AttachedArtifact> Artifacts { get; init; } = [];

    /// <summary>Signs what is pushed; null for nobody.</summary>
    public ImageSigner? Signer { get; init; }

    /// <summary>The registry that EdgeSlim's own variables with credentials are for.</summary>
    public RegistryName? SigningRegistry { get; init; }

    /// <summary>What earlier runs attached and signed.</summary>
    public DeliveryNotes Notes { get; init; } = new([]);

    /// <inheritdoc/>
    public async Task CheckAsync(DeliverableImage image, CancellationToken cancellationToken) =>
        _plan = await PlanAsync(image, cancellationToken);

    /// <inheritdoc/>
    public async Task<Delivered> DeliverAsync(DeliverableImage image, CancellationToken cancellationToken)
    {
        PushResult result = await _pusher.PushAsync(_plan ?? await PlanAsync(image, cancellationToken), cancellationToken);
        _plan = null;
        IReadOnlyList<AttachedReference> attached = await AttachAsync(image, result.UpToDate, cancellationToken);
        await SignAsync(image, result.UpToDate, cancellationToken);
        string mounted = result.BlobsMounted == 0 ? "" : $", {result.BlobsMounted} taken over from other repositories";
        return new Delivered(
            "registry",
            [.. image.Tags.Select(tag => $"{registry.Registry}/{image.Repository}:{tag}")],
            result.BytesUploaded,
            result.UpToDate
                ? "it was there already"
                : $"{result.BlobsUploaded} blobs with {result.BytesUploaded} bytes sent, {result.BlobsPresent} were there already{mounted}")
        {
            Attached = attached,
            SignedBy = Signer?.Name,
        };
    }

    // Where the image was there already, what was attached to it is taken to be there too.
    private async Task<IReadOnlyList<AttachedReference>> AttachAsync(
        DeliverableImage image, bool isUpToDate, CancellationToken cancellationToken)
    {
        string place = $"{registry.Registry}/{image.Repository}";
        ReferrerStore referrers = new(registry.Repository(image.Repository, RegistryAccess.Push));
        foreach (IGrouping<Digest, AttachedArtifact> missing in Artifacts
            .Where(a => !isUpToDate || !Notes.Had(a.NoteOf(place)))
            .GroupBy(a => a.Subject.Digest))
        {
            IReadOnlyList<Descriptor> pushed = await referrers.PushAsync(
                missing.First().Subject, [.. missing.Select(a => a.Artifact)], cancellationToken);
            foreach (Descriptor manifest in pushed)
            {
                diagnostics.Information($"{place}@{manifest.Digest} refers to {missing.Key} ({manifest.ArtifactType}).");
            }
        }

        foreach (AttachedArtifact attached in Artifacts)
        {
            Notes.Add(attached.NoteOf(place));
        }

        return [.. Artifacts.Select(a => new AttachedReference(a.Artifact.ArtifactType, a.Subject.Digest, a.Manifest.Digest))];
    }

    // The images, and what says how they came to be, which has the digests of the rest.
    private async Task SignAsync(DeliverableImage image, bool isUpToDate, CancellationToken cancellationToken)
    {
        if (Signer is null)
        {
            return;
        }

        string place = $"{registry.Registry}/{image.Repository}";
        using SignerLogin login = await SignerLogin.FindAsync(
            registry.Registry, image.Repository, SigningRegistry, Environment.GetEnvironmentVariable, cancellationToken);
        IEnumerable<Digest> statements = Artifacts.Where(a => a.Artifact.ArtifactType == MediaTypes.InToto).Select(a => a.Manifest.Digest);
        foreach (Digest digest in image.Tree.Manifests.Select(m => m.Digest).Concat(statements))
        {
            string reference = $"{place}@{digest}";
            string line = $"{reference} signed: {Signer.Signature}";
            if (!isUpToDate || !Notes.Had(line))
            {
                bool isNew = await Signer.SignAsync(reference, registry.AllowsPlainHttp, login.Environment, mayBeSigned: isUpToDate, cancellationToken);
                diagnostics.Information($"{reference} {(isNew ? "was signed" : "is signed already")} ({Signer.Name}); the signature holds.");
            }

            Notes.Add(line);
        }
    }

    private Task<PushPlan> PlanAsync(DeliverableImage image, CancellationToken cancellationToken)
    {
        PushRequest request = new(image.Layout, image.Tree, image.Tags) { IsImmutable = IsImmutable, Known = Known };
        return PushPlan.MakeAsync(request, registry.Repository(image.Repository, RegistryAccess.Push), cancellationToken);
    }
}
