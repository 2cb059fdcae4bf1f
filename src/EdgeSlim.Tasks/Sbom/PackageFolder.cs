using System.Xml;
using System.Xml.Linq;

namespace EdgeSlim.Sbom;

/// <summary>What an unpacked NuGet package says of itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Licence">Its licence; null where it does not say.</param>
/// <param name="Sha512">The SHA-512 of the package file, in hexadecimal; null where it is not known.</param>
internal sealed record PackageFolder(string Name, string Version, Licence? Licence, string? Sha512)
{
    // Of licences that were given as an address before NuGet knew expressions.
    private const string LicenceSite = "https://licenses.nuget.org/";

    // From lib/net10.0/x.dll or runtimes/linux-x64/native/x.a.
    private const int MaxDepth = 6;

    /// <summary>Reads the folder of a package.</summary>
    /// <returns>What it says; null where the folder is not one of a package.</returns>
    public static PackageFolder? Read(string folder)
    {
        try
        {
            return Directory.EnumerateFiles(folder, "*.nuspec").FirstOrDefault() is string nuspec
                ? Read(XDocument.Load(nuspec), folder)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or XmlException)
        {
            return null;
        }
    }

    /// <summary>Finds the folder of the package that a file is of.</summary>
    /// <returns>The folder; null where the file is of none.</returns>
    public static string? Of(string file)
    {
        string? folder = Path.GetDirectoryName(file);
        for (int depth = 0; folder is not null && depth < MaxDepth; depth++)
        {
            if (File.Exists(Path.Combine(folder, ".nupkg.metadata")))
            {
                return folder;
            }

            folder = Path.GetDirectoryName(folder);
        }

        return null;
    }

    private static PackageFolder? Read(XDocument nuspec, string folder)
    {
        XElement? metadata = nuspec.Root?.Elements().FirstOrDefault(e => e.Name.LocalName == "metadata");
        string? Field(string name) => metadata?.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value.Trim();
        if (Field("id") is not { Length: > 0 } id || Field("version") is not { Length: > 0 } version)
        {
            return null;
        }

        XElement? licence = metadata!.Elements().FirstOrDefault(e => e.Name.LocalName == "license");
        string? url = Field("licenseUrl");
        string? expression = licence?.Attribute("type")?.Value == "expression" ? licence.Value.Trim()
            : url?.StartsWith(LicenceSite, StringComparison.Ordinal) == true ? Uri.UnescapeDataString(url[LicenceSite.Length..])
            : null;
        string? hash = Directory.EnumerateFiles(folder, "*.nupkg.sha512").FirstOrDefault();
        return new PackageFolder(
            id,
            version,
            expression is not null ? new Licence(expression, null) : url is { Length: > 0 } ? new Licence(null, url) : null,
            hash is null ? null : Convert.ToHexStringLower(Convert.FromBase64String(File.ReadAllText(hash).Trim())));
    }
}
