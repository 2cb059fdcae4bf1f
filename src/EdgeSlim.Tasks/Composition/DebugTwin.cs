using EdgeSlim.Bases;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Composition;

/// <summary>
/// Plans the debuggable twin of an image: the same application, started in the same way, where a shell and the symbols
/// are. The layers of the application are those of the image, so that a device that has it gets the rest only. Pure.
/// </summary>
public static class DebugTwin
{
    /// <summary>What is added to the tags of the image and to the name of its archive.</summary>
    public const string Suffix = "-debug";

    private const string BaseLabels = "org.opencontainers.image.base.";
    private const string Path = "PATH";

    /// <summary>Plans it.</summary>
    /// <param name="image">The image.</param>
    /// <param name="baseImage">The base to put the application on; null for the image's own.</param>
    /// <param name="more">The layers on top.</param>
    /// <param name="folders">Folders with programs, which are added to PATH.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="EdgeException">The base is for another platform, or a tag gets too long.</exception>
    public static ImagePlan Plan(
        ImagePlan image, BaseImage? baseImage, IReadOnlyList<LayerPlan> more, IReadOnlyList<string> folders)
    {
        ImagePlan application = baseImage is null ? image : OnBase(image, baseImage);
        return application with
        {
            Tags = [.. image.Tags.Select(tag => ReferenceGrammar.CheckTag(tag + Suffix, "EdgeDebugImage"))],
            Layers = [.. application.Layers, .. more],
            Config = application.Config with
            {
                Env = Environment(application.Config.Env ?? [], baseImage?.Config?.Config?.Env ?? [], folders),
            },
        };
    }

    private static ImagePlan OnBase(ImagePlan image, BaseImage baseImage)
    {
        ImagePlanner.RequirePlatform(image.Platform, baseImage);
        return image with
        {
            BaseName = baseImage.Name,
            BaseReason = "asked for by EdgeDebugBase",
            BaseLayoutFolder = baseImage.LayoutFolder,
            BaseLayers = baseImage.Layers,
            BaseDiffIds = baseImage.Config?.RootFileSystem.DiffIds ?? [],
            BaseHistory = baseImage.Config?.History ?? [],
            Layers = [.. image.Layers.Where(l => !l.IsOfBase)],
            Config = image.Config with { Labels = WithoutBase(image.Config.Labels) },
            Annotations = WithoutBase(image.Annotations)!,
        };
    }

    // They speak of the image's base.
    private static SortedDictionary<string, string>? WithoutBase(IReadOnlyDictionary<string, string>? labels) =>
        labels is null ? null : new(
            labels.Where(l => !l.Key.StartsWith(BaseLabels, StringComparison.Ordinal)).ToDictionary(), StringComparer.Ordinal);

    private static string[] Environment(
        IReadOnlyList<string> own, IReadOnlyList<string> ofBase, IReadOnlyList<string> folders)
    {
        SortedDictionary<string, string> all = new(StringComparer.Ordinal);
        foreach ((string name, string value) in ofBase.Concat(own).Select(Pair))
        {
            all[name] = value;
        }

        // Programs of both are to be found, the image's own first.
        IEnumerable<string> path = own.Concat(ofBase).Select(Pair).Where(v => v.Name == Path).SelectMany(v => v.Value.Split(':'));
        IEnumerable<string> present = path.DefaultIfEmpty(ContainerConfig.DefaultPath);
        all[Path] = string.Join(':', present.Concat(folders).Distinct());
        return [.. all.Select(v => $"{v.Key}={v.Value}")];
    }

    private static (string Name, string Value) Pair(string variable) =>
        variable.IndexOf('=', StringComparison.Ordinal) is var equals and >= 0
            ? (variable[..equals], variable[(equals + 1)..])
            : (variable, "");
}
