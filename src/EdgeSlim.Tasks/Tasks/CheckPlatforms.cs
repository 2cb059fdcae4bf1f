using EdgeSlim.Composition;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="PlatformRules"/>.</summary>
public sealed class CheckPlatforms : EdgeTask
{
    /// <summary>EdgeRuntimeIdentifiers.</summary>
    [Required]
    public string[] RuntimeIdentifiers { get; set; } = [];

    /// <summary>The folders that the platforms' builds write into, those of each without duplicates; empty where that is not asked.</summary>
    public string[] Folders { get; set; } = [];

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken cancellationToken)
    {
        PlatformRules.RequireOneImageEach(RuntimeIdentifiers);
        PlatformRules.RequireOwnFolders(RuntimeIdentifiers, Folders);
        return Task.CompletedTask;
    }
}
