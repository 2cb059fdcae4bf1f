using EdgeSlim.Composition;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="ComposedDigest.ForgetUnlessIn"/>.</summary>
public sealed class CheckLayout : EdgeTask
{
    /// <summary>The image layout's folder.</summary>
    [Required]
    public string LayoutFolder { get; set; } = "";

    /// <summary>Where the composed digest was noted.</summary>
    [Required]
    public string DigestFile { get; set; } = "";

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken cancellationToken)
    {
        ComposedDigest.ForgetUnlessIn(DigestFile, LayoutFolder);
        return Task.CompletedTask;
    }
}
