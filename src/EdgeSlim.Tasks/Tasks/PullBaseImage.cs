using EdgeSlim.Bases;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Registry;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="BaseImageSource"/>.</summary>
public sealed class PullBaseImage : RegistryTask
{
    /// <summary>The base image: <c>oci:FOLDER</c> or an image reference.</summary>
    [Required]
    public string BaseImage { get; set; } = "";

    /// <summary>The runtime identifier of the payload.</summary>
    [Required]
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary>The image layout that keeps what was pulled.</summary>
    [Required]
    public string CacheFolder { get; set; } = "";

    /// <summary>Where the base image's description is written to.</summary>
    [Required]
    public string BaseFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        Platform platform = Platform.FromRuntimeIdentifier(RuntimeIdentifier)
            ?? throw new EdgeException(
                DiagnosticCodes.InvalidPropertyValue, "RuntimeIdentifier", RuntimeIdentifier, Platform.KnownRuntimeIdentifiers);
        RegistryOptions options = ReadOptions();
        RegistryName? delivery = ReadDeliveryRegistry();
        BaseImage found = await new BaseImageSource(CacheFolder, name => Connect(name, delivery, options), Diagnostics)
            .FindAsync(BaseImage, platform, cancellationToken);
        await StageFile.WriteAsync(BaseFile, found, PlanJson.Documents.BaseImage, cancellationToken);
    }
}
