using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Publishing;

/// <summary>Where a file of the application comes from, from which follows how often it changes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FileOrigin>))]
public enum FileOrigin
{
    /// <summary>The project and the projects that it references.</summary>
    Application,

    /// <summary>A runtime pack of .NET: changes with an update of .NET.</summary>
    Runtime,

    /// <summary>A NuGet package: changes when a reference does.</summary>
    Package,

    /// <summary>Files that are neither code nor about it: settings, web content, data.</summary>
    Content,
}

/// <summary>Tells where files come from.</summary>
internal static partial class FileOrigins
{
    /// <summary>What the publish says of a file.</summary>
    /// <param name="package">The NuGet package that it is of; empty for none.</param>
    /// <param name="runtimePacks">The packages that are runtime packs.</param>
    /// <returns>The origin; null where the publish does not say.</returns>
    public static FileOrigin? OfPackage(string package, IReadOnlySet<string> runtimePacks) =>
        package.Length == 0 ? null
        : runtimePacks.Contains(package) ? FileOrigin.Runtime
        : FileOrigin.Package;

    /// <summary>What a file's name says, where nothing else does.</summary>
    /// <param name="targetPath">Its path in the image.</param>
    /// <param name="executable">The path of the application's executable.</param>
    /// <returns>The origin.</returns>
    public static FileOrigin OfName(string targetPath, string executable) =>
        targetPath == executable
        || targetPath.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
        || targetPath.EndsWith(".deps.json", StringComparison.OrdinalIgnoreCase)
        || targetPath.EndsWith(".runtimeconfig.json", StringComparison.OrdinalIgnoreCase)
            ? FileOrigin.Application
            : FileOrigin.Content;

    /// <summary>Reads EdgeLayer metadata.</summary>
    /// <param name="source">The file that has it.</param>
    /// <param name="name">What the user wrote.</param>
    /// <returns>The name; null where there is none.</returns>
    /// <exception cref="EdgeException">It is no name (EDGE3018).</exception>
    public static string? LayerName(string source, string name) =>
        name.Length == 0 ? null
        : ValidName().IsMatch(name) ? name
        : throw new EdgeException(DiagnosticCodes.InvalidLayerName, source, name);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._ -]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ValidName();
}
