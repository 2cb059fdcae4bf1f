using EdgeSlim.Composition;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="OutputOwner"/>.</summary>
public sealed class ClaimOutput : EdgeTask
{
    /// <summary>EdgeOutputPath, whole.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>The project.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The name of its application.</summary>
    [Required]
    public string Name { get; set; } = "";

    /// <summary>Whether the user set EdgeOutputPath.</summary>
    public bool IsChosen { get; set; }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken cancellationToken)
    {
        OutputOwner.Claim(Folder, ProjectFile, Name, IsChosen);
        return Task.CompletedTask;
    }
}
