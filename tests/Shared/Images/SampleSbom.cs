using System.Text.Json;
using EdgeSlim.Tests.Sbom;

namespace EdgeSlim.Tests;

/// <summary>The bills of materials of a sample, held against a list that is written by hand, what NuGet restored, and the official schemas.</summary>
internal static class SampleSbom
{
    /// <summary>What every application has that is compiled ahead of time: the compiler and the runtime, which are restored, and of the second code.</summary>
    public static readonly string[] Toolchain =
    [
        "Microsoft.DotNet.ILCompiler excluded",
        "Microsoft.NET.ILLink.Tasks excluded",
        "Microsoft.NETCore.App.Runtime.NativeAOT.linux-x64 required",
        "Microsoft.NETCore.App.Runtime.linux-x64 required",
        "runtime.linux-x64.Microsoft.DotNet.ILCompiler excluded",
    ];

    /// <summary>Checks them.</summary>
    /// <param name="folder">The folder of the project.</param>
    /// <param name="output">The folder <c>edge</c> of its output, with both formats.</param>
    /// <param name="expected">The packages: name and scope.</param>
    public static async Task HoldsAsync(string folder, string output, params string[] expected)
    {
        byte[] document = await File.ReadAllBytesAsync(Path.Combine(output, "sbom.cdx.json"));
        Assert.IsEmpty(await CycloneDxSchema.FaultsAsync("1.6", document));
        using JsonDocument sbom = JsonDocument.Parse(document);
        JsonElement[] packages =
        [
            .. sbom.RootElement.GetProperty("components").EnumerateArray()
                .Where(c => c.TryGetProperty("purl", out JsonElement purl) && purl.GetString()!.StartsWith("pkg:nuget/", StringComparison.Ordinal)),
        ];
        Assert.AreSequenceEqual(
            expected.Order(StringComparer.Ordinal), packages.Select(p => $"{Text(p, "name")} {Text(p, "scope")}").Order(StringComparer.Ordinal));

        byte[] other = await File.ReadAllBytesAsync(Path.Combine(output, "sbom.spdx.json"));
        Assert.IsEmpty(SpdxSchema.Faults(other));
        using JsonDocument spdx = JsonDocument.Parse(other);
        Assert.AreSequenceEqual(
            packages.Select(p => Text(p, "purl")).Order(StringComparer.Ordinal),
            spdx.RootElement.GetProperty("packages").EnumerateArray()
                .SelectMany(p => p.TryGetProperty("externalRefs", out JsonElement references) ? references.EnumerateArray() : [])
                .Select(r => Text(r, "referenceLocator"))
                .Where(p => p.StartsWith("pkg:nuget/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal));

        // The image has packages of its own; where a test stands in for the user's build, they are the project's.
        string ofImage = Path.Combine(folder, "obj/edge/project.assets.json");
        using JsonDocument assets = JsonDocument.Parse(await File.ReadAllBytesAsync(File.Exists(ofImage) ? ofImage : Path.Combine(folder, "obj/project.assets.json")));
        string[] restored = [.. assets.RootElement.GetProperty("libraries").EnumerateObject().Where(l => Text(l.Value, "type") == "package").Select(l => l.Name)];
        Assert.IsNotEmpty(restored);
        CollectionAssert.IsSubsetOf(restored, packages.Select(p => $"{Text(p, "name")}/{Text(p, "version")}").ToArray());
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}
