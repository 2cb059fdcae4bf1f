using EdgeSlim.Bases;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Bases.Slicing;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Reporting;
using EdgeSlim.RootFileSystems;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="Linkage"/>.</summary>
public sealed class ChooseLinkage : EdgeTask
{
    /// <summary>What the compiled code needs.</summary>
    [Required]
    public string NeedsFile { get; set; } = "";

    /// <summary>The native libraries that are published.</summary>
    public string[] NativeAssets { get; set; } = [];

    /// <summary>Whether the image's other libraries come from this machine, so that it can be said which there are.</summary>
    public bool FromThisMachine { get; set; }

    /// <summary>The libraries that are linked in: <c>OpenSSL</c>, <c>ICU</c>.</summary>
    public string[] LinkedIn { get; set; } = [];

    /// <summary>Where the choice is written to: why it is dynamic, then what could be linked in; empty for static.</summary>
    [Required]
    public string LinkageFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        ApplicationNeeds needs = await StageFile.ReadAsync(NeedsFile, FactsJson.Documents.ApplicationNeeds, cancellationToken);
        string[] builtIn =
        [
            .. LinkedIn.Contains("OpenSSL") ? new[] { KnownNeeds.Tls, KnownNeeds.Crypto } : [],
            .. LinkedIn.Contains("ICU") ? new[] { KnownNeeds.Icu } : [],
        ];
        HashSet<string> assets = [.. NativeAssets.Select(a => Path.GetFileName(a))];
        SharedLibraries machine = new(new FolderFileSystem("/"));
        LinkageChoice choice = Linkage.Choose(
            needs with { BuiltIn = builtIn },
            library => SliceWishes.FileNames(library) is var names
                && (names.Any(assets.Contains) || !FromThisMachine || names.Any(machine.Has)));
        if (!choice.IsStatic)
        {
            Diagnostics.Information($"The executable is linked dynamically: {choice.Reason}.");
        }

        await StageFile.WriteAsync(
            LinkageFile, choice.IsStatic ? [] : [choice.Reason!, choice.Unlinked ?? ""], cancellationToken);
    }
}
