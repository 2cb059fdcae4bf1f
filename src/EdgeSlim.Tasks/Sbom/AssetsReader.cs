using System.Text.Json;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Sbom;

/// <summary>Reads <c>project.assets.json</c>, in which NuGet leaves what a restore chose.</summary>
public static class AssetsReader
{
    private static readonly Dictionary<string, string> Severities = new(StringComparer.Ordinal)
    {
        ["NU1901"] = "LOW",
        ["NU1902"] = "MEDIUM",
        ["NU1903"] = "HIGH",
        ["NU1904"] = "CRITICAL",
    };

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="targetFramework">The framework that is published for.</param>
    /// <param name="runtimeIdentifier">The runtime identifier that is published for.</param>
    /// <returns>What was chosen for them.</returns>
    /// <exception cref="EdgeException">It is missing or damaged, or has nothing for them (EDGE5020).</exception>
    public static RestoredPackages Read(string path, string targetFramework, string runtimeIdentifier)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement, targetFramework, runtimeIdentifier)
                ?? throw new EdgeException(
                    DiagnosticCodes.AssetsUnreadable, path, $"it has nothing for {targetFramework}/{runtimeIdentifier}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new EdgeException(e, DiagnosticCodes.AssetsUnreadable, path, e.Message);
        }
    }

    private static RestoredPackages? Read(JsonElement root, string targetFramework, string runtimeIdentifier)
    {
        JsonElement targets = root.GetProperty("targets");
        if (!targets.TryGetProperty($"{targetFramework}/{runtimeIdentifier}", out JsonElement target)
            && !targets.TryGetProperty(targetFramework, out target))
        {
            return null;
        }

        JsonElement libraries = root.GetProperty("libraries");
        string[] folders = [.. root.GetProperty("packageFolders").EnumerateObject().Select(f => f.Name)];
        RestoredPackage[] packages = [.. target.EnumerateObject().Select(p => Package(p, libraries, folders))];
        JsonElement frameworks = root.GetProperty("project").GetProperty("frameworks");
        string[] direct = frameworks.TryGetProperty(targetFramework, out JsonElement framework)
            ? [.. Names(framework, "dependencies"), .. packages.Where(p => p.IsProject).Select(p => p.Name)]
            : [];
        return new RestoredPackages(packages, direct, Audit(root, packages));
    }

    private static RestoredPackage Package(JsonProperty package, JsonElement libraries, string[] folders)
    {
        string[] name = package.Name.Split('/');
        bool isProject = package.Value.GetProperty("type").GetString() == "project";
        string? path = libraries.TryGetProperty(package.Name, out JsonElement library) && library.TryGetProperty("path", out JsonElement folder)
            ? folder.GetString()
            : null;
        string[] files = [.. Names(package.Value, "runtime"), .. Names(package.Value, "native"), .. Names(package.Value, "runtimeTargets")];
        return new RestoredPackage
        {
            Name = name[0],
            Version = name[1],
            IsProject = isProject,
            Folder = isProject || path is null ? null : folders.Select(f => Path.Combine(f, path)).FirstOrDefault(Directory.Exists),
            Assemblies = [.. files.Where(IsAssembly).Select(f => Path.GetFileNameWithoutExtension(f)!).Distinct()],
            // "_._" says that there is nothing.
            Files = [.. files.Where(f => !IsAssembly(f) && !f.EndsWith("_._", StringComparison.Ordinal)).Select(f => Path.GetFileName(f)!).Distinct()],
            DependsOn = [.. Names(package.Value, "dependencies")],
        };
    }

    private static List<AuditFinding> Audit(JsonElement root, RestoredPackage[] packages)
    {
        List<AuditFinding> findings = [];
        foreach (JsonElement log in root.TryGetProperty("logs", out JsonElement logs) ? logs.EnumerateArray() : [])
        {
            if (Severities.TryGetValue(Text(log, "code"), out string? severity)
                && packages.FirstOrDefault(p => p.Name.Equals(Text(log, "libraryId"), StringComparison.OrdinalIgnoreCase)) is RestoredPackage package)
            {
                string message = Text(log, "message");
                int address = message.IndexOf("https://", StringComparison.Ordinal);
                findings.Add(new AuditFinding(
                    package.Name, package.Version, severity, address < 0 ? message : message[address..].Split(' ')[0].TrimEnd('.')));
            }
        }

        return findings;
    }

    private static IEnumerable<string> Names(JsonElement element, string property) =>
        element.TryGetProperty(property, out JsonElement named) ? named.EnumerateObject().Select(p => p.Name) : [];

    private static string Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out JsonElement text) ? text.GetString() ?? "" : "";

    private static bool IsAssembly(string path) => path.EndsWith(".dll", StringComparison.OrdinalIgnoreCase);
}
