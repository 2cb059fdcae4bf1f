using System.Runtime.InteropServices;
using EdgeSlim.Oci;

namespace EdgeSlim.Delivery;

/// <summary>An image that is ready to be delivered.</summary>
/// <param name="Layout">The layout that holds its blobs.</param>
/// <param name="Tree">Its documents; with an index, those of all its images.</param>
/// <param name="Repository">The repository, without a registry.</param>
/// <param name="Tags">The tags.</param>
/// <param name="Suffix">What tells the names of its files from those of other images of the same run.</param>
public sealed record DeliverableImage(
    ImageLayout Layout, LayoutTree Tree, string Repository, IReadOnlyList<string> Tags, string Suffix = "")
{
    /// <summary>The image where a destination takes one only: of several, that for this machine, or else the first.</summary>
    public LayoutImage Image => Tree.Images.FirstOrDefault(i => i.Config.Architecture == ThisMachine) ?? Tree.Images[0];

    /// <summary>Whether an engine of this machine finds an image to run: the one, or one of several.</summary>
    public bool IsForThisMachine => !Tree.IsIndex || Image.Config.Architecture == ThisMachine;

    /// <summary>The platforms of the images.</summary>
    public IEnumerable<Platform?> Platforms => Tree.Images.Select(i => i.Descriptor.Platform);

    /// <summary>The processor of this machine, in Go's words.</summary>
    internal static string ThisMachine => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => "amd64",
        Architecture other => other.ToString().ToLowerInvariant(),
    };
}
