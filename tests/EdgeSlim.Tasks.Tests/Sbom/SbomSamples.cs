using EdgeSlim.Bases.Slicing;
using EdgeSlim.Oci;
using EdgeSlim.Sbom;

namespace EdgeSlim.Tests.Sbom;

/// <summary>An inventory with a component of each kind.</summary>
internal static class SbomSamples
{
    private static readonly string Hash = new('a', 128);

    public static Component Used { get; } = NuGet("Used.Package", "1.2.3", isPresent: true) with
    {
        Licence = new Licence("MIT OR Apache-2.0", null),
        Hash = Hash,
        DependsOn = ["pkg:nuget/Unused.Package@12.0.3"],
    };

    public static Component Unused { get; } = NuGet("Unused.Package", "12.0.3", isPresent: false) with
    {
        Licence = new Licence(null, "https://example.com/licence"),
    };

    public static Component Native { get; } = new()
    {
        Kind = ComponentKind.Library,
        Name = "libssl-dev",
        Version = "3.0.22-1~deb12u2",
        IsPresent = true,
        Evidence = "linked in: libssl.a",
        Purl = "pkg:deb/debian/libssl-dev@3.0.22-1~deb12u2?arch=amd64&distro=debian-12&upstream=openssl",
        Source = "openssl",
    };

    public static Inventory Inventory { get; } = new()
    {
        Application = "Agent",
        Version = "1.0.0",
        Created = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
        Platform = Platform.FromRuntimeIdentifier("linux-x64")!,
        Distribution = new Distribution("debian", "12"),
        DependsOn = [Used.Reference],
        Components =
        [
            Native,
            Native with { Name = "libc6", Purl = "pkg:deb/debian/libc6@2.36-9?arch=amd64&distro=debian-12&upstream=glibc", Source = "glibc", IsRecorded = true },
            new Component
            {
                Kind = ComponentKind.File, Name = "own.a", Version = "", IsPresent = true, Evidence = "linked in", Hash = new string('b', 64),
            },
            new Component
            {
                Kind = ComponentKind.Container,
                Name = "registry.example/base:1",
                Version = Digest.Of("base"u8).ToString(),
                IsPresent = true,
                Evidence = "its layers are in the image",
                Purl = EdgeSlim.Bases.PackageUrl.Image("registry.example/base", Digest.Of("base"u8), "amd64"),
            },
            NuGet("Microsoft.NETCore.App.Runtime.linux-x64", "10.0.12", isPresent: true) with { Kind = ComponentKind.Framework },
            Unused,
            Used,
        ],
    };

    public static DescribedImage Image { get; } = new(
        "acme/agent", Digest.Of("image"u8), "amd64", [new DescribedLayer("Agent", Digest.Of("layer"u8))]);

    private static Component NuGet(string name, string version, bool isPresent) => new()
    {
        Kind = ComponentKind.Library,
        Name = name,
        Version = version,
        IsPresent = isPresent,
        Evidence = isPresent ? $"compiled: {name}" : "no method, type or resource of it was compiled",
        Purl = $"pkg:nuget/{name}@{version}",
    };
}
