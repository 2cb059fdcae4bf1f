using EdgeSlim.Deployment.Bundles;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Reporting;
using EdgeSlim.Results;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="Bundle"/>.</summary>
public sealed class BundleImage : EdgeTask
{
    private static readonly string[] Kept = ["sbom.cdx.json", "sbom.spdx.json", "provenance.json"];

    /// <summary>The image layout's folder.</summary>
    [Required]
    public string LayoutFolder { get; set; } = "";

    /// <summary>The folder of all results, with the marks of the gates.</summary>
    [Required]
    public string ResultsFolder { get; set; } = "";

    /// <summary>The name of the application's objects.</summary>
    [Required]
    public string Name { get; set; } = "";

    /// <summary>The image's name with its registry.</summary>
    [Required]
    public string Image { get; set; } = "";

    /// <summary>The manifests.</summary>
    [Required]
    public string ManifestFile { get; set; } = "";

    /// <summary>The seccomp profile; empty where the manifests name none.</summary>
    public string SeccompFile { get; set; } = "";

    /// <summary>The folder of the documents beside the image, and of those of its platforms.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <summary>The platforms, of which each has documents in a folder of its own; none where there is one only.</summary>
    public string[] Platforms { get; set; } = [];

    /// <summary>EdgeBundleFile; empty for one beside the image.</summary>
    public string BundleFile { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        ImageLayout layout = new(LayoutFolder);
        LayoutTree tree = layout.ReadTree();
        PassedGates.Require(ResultsFolder, LayoutFolder, tree);

        // Those of the image, and not of a plan that came to nothing.
        IReadOnlyList<string> tags = layout.ReadTags();
        Bundle bundle = new(layout, tree, new ImageNames(Image, tags, tree.Root.Digest))
        {
            Name = Name,
            ManifestFile = ManifestFile,
            SeccompFile = SeccompFile.Length > 0 && File.Exists(SeccompFile) ? SeccompFile : null,
            Documents = [.. Documents()],
        };
        string path = BundleFile.Length > 0 ? BundleFile : Path.Combine(OutputFolder, $"{Name}-{tags[0]}.tar.zst");
        long size = await bundle.WriteAsync(path, cancellationToken);
        Diagnostics.Important($"{path}: {Image} for {string.Join(", ", tree.Images.Select(i => $"{i.Config.OperatingSystem}/{i.Config.Architecture}"))}, {ByteText.Of(size)}.");
    }

    private IEnumerable<(string Path, string Name)> Documents() => Platforms.DefaultIfEmpty("")
        .SelectMany(platform => Kept.Select(file => (
            Path: Path.Combine(OutputFolder, platform, file),
            Name: platform.Length == 0 ? file : $"{platform}.{file}")))
        .Where(d => File.Exists(d.Path));
}
