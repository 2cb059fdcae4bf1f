using EdgeSlim.Composition;
using EdgeSlim.Deployment.Promotion;
using EdgeSlim.Diagnostics;
using EdgeSlim.Registry;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="Promoter"/>.</summary>
public sealed class PromoteImage : RegistryTask
{
    /// <summary>EdgePromoteFrom.</summary>
    public string From { get; set; } = "";

    /// <summary>EdgePromoteTo.</summary>
    public string To { get; set; } = "";

    /// <summary>EdgePromoteTags.</summary>
    public string Tags { get; set; } = "";

    /// <summary>EdgeDigestFile; empty for none.</summary>
    public string DigestFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        var request = PromotionRequest.Read(From, To, Tags);
        RegistryOptions options = ReadOptions();
        var from = RegistryName.Parse(request.From.Registry);
        var digest = Oci.Digest.Parse(request.From.Reference);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("edgeslim-promote-");
        try
        {
            using RegistryClient source = Connect(from, request.To[0].Registry, options);
            foreach (PromotionTarget to in request.To)
            {
                using RegistryClient target = Connect(to.Registry, request.To[0].Registry, options);
                Promoter promoter = new(
                    source.Repository(request.From.Repository, RegistryAccess.Pull),
                    target.Repository(to.Repository, RegistryAccess.Push),
                    folder.FullName,
                    Diagnostics);
                Report(to, request, await promoter.PromoteAsync(digest, request.Tags, cancellationToken));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        if (DigestFile.Length > 0)
        {
            await StageFile.WriteAsync(DigestFile, request.To.Select(to => $"{to}@{digest}"), cancellationToken);
        }
    }

    private void Report(PromotionTarget to, PromotionRequest request, PromotionResult result) => Diagnostics.Important(
        $"{to}@{result.Digest}{(request.Tags.Count == 0 ? "" : $" is {string.Join(", ", request.Tags)}")}: " +
        $"{result.BlobsSent} blobs with {result.BytesSent} bytes sent, {result.Referrers} that refer to it.");
}
