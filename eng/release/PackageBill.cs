using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using EdgeSlim.Oci;
using EdgeSlim.Sbom;

namespace EdgeSlim.Release;

/// <summary>The bill of materials of a package: what restored packages brought of what is in it.</summary>
internal static class PackageBill
{
    // The tasks are the same on all platforms but for native libraries, which one package brings for all of them.
    private const string Framework = "net10.0";
    private const string Runtime = "linux-x64";

    /// <summary>Writes it.</summary>
    /// <param name="file">The package.</param>
    /// <param name="assets">What NuGet restored for the tasks.</param>
    /// <returns>The document.</returns>
    public static byte[] Write(string file, string assets)
    {
        using ZipArchive package = ZipFile.OpenRead(file);
        string[] names = [.. package.Entries.Select(e => e.Name).Distinct()];
        HashSet<string> assemblies = [.. names.Where(n => n.EndsWith(".dll", StringComparison.Ordinal)).Select(n => Path.GetFileNameWithoutExtension(n)!)];
        (string id, string version) = Identity(package);
        return CycloneDxWriter.WriteApplication(InventoryBuilder.Build(new InventoryRequest
        {
            Application = id,
            Version = version,
            Created = DateTimeOffset.FromUnixTimeSeconds(long.Parse(
                Environment.GetEnvironmentVariable("SOURCE_DATE_EPOCH") ?? "0", CultureInfo.InvariantCulture)),
            RuntimeIdentifier = Runtime,
            Platform = Platform.FromRuntimeIdentifier(Runtime)!,
            Restored = assemblies.Count == 0 ? new RestoredPackages([], [], []) : AssetsReader.Read(assets, Framework, Runtime),
            Kept = new KeptAssemblies(assemblies, "packed"),
            Payload = names,
        }));
    }

    private static (string Id, string Version) Identity(ZipArchive package)
    {
        using Stream nuspec = package.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        XElement metadata = XDocument.Load(nuspec).Root!.Elements().Single(e => e.Name.LocalName == "metadata");
        string Value(string name) => metadata.Elements().Single(e => e.Name.LocalName == name).Value;
        return (Value("id"), Value("version"));
    }
}
