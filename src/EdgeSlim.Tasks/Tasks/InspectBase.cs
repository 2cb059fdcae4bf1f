using EdgeSlim.Bases;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="BaseInspector"/>.</summary>
public sealed class InspectBase : EdgeTask
{
    /// <summary>The base image that was found.</summary>
    [Required]
    public string BaseFile { get; set; } = "";

    /// <summary>Where what was seen is written to.</summary>
    [Required]
    public string ContentsFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        BaseImage image = await StageFile.ReadAsync(BaseFile, PlanJson.Documents.BaseImage, cancellationToken);
        BaseContents contents = BaseInspector.Inspect(image, cancellationToken);
        Diagnostics.Information(
            $"The base image {image.Name} has {contents.CLibrary ?? "no C library"}{(contents.CLibraryVersion is null ? "" : $" {contents.CLibraryVersion}")}"
            + $", {string.Join(", ", contents.Frameworks.Count == 0 ? ["no .NET runtime"] : contents.Frameworks.Select(f => f.ToString()))}"
            + $", and gives: {string.Join(", ", contents.Offers)}.");
        await StageFile.WriteAsync(ContentsFile, contents, PlanJson.Documents.BaseContents, cancellationToken);
    }
}
