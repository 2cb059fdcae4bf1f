using System.Reflection.Metadata;

namespace EdgeSlim.Modes;

/// <summary>Finds the paths of Razor Pages, which the Razor compiler writes into attributes of the types that it makes of them.</summary>
/// <param name="assemblies">The assemblies.</param>
internal sealed class PageRoutes(CodeAssemblies assemblies)
{
    private const string Hosting = "Microsoft.AspNetCore.Razor.Hosting";
    private const string Folder = "/Pages/";
    private const string Extension = ".cshtml";
    private const string Index = "/Index";

    /// <summary>The paths, in the order of the code.</summary>
    public IEnumerable<string> Routes() => assemblies.Own.SelectMany(a => a.Metadata.TypeDefinitions
        .Select(t => new CodeType(a, t))
        .Select(t => RouteOf(Metadata(t)))
        .OfType<string>());

    private static Dictionary<string, string> Metadata(CodeType type)
    {
        Dictionary<string, string> metadata = [];
        foreach (CustomAttribute attribute in CodeAttributes.Of(
            type.Assembly, type.Definition.GetCustomAttributes(), Hosting, "RazorCompiledItemMetadataAttribute"))
        {
            if (CodeAttributes.Arguments(type.Assembly, attribute) is [string key, string value])
            {
                metadata[key] = value;
            }
        }

        return metadata;
    }

    // A view has no folder of pages above it. The names of what pages share begin with an underscore.
    private static string? RouteOf(Dictionary<string, string> metadata)
    {
        string file = metadata.GetValueOrDefault("Identifier", "");
        int pages = file.IndexOf(Folder, StringComparison.Ordinal);
        string area = pages <= 0 ? "" : file[..pages];
        if (pages < 0 || !file.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) || file.Contains("/_", StringComparison.Ordinal)
            || (area.Length > 0 && !area.StartsWith("/Areas/", StringComparison.Ordinal)))
        {
            return null;
        }

        string path = (area.Length == 0 ? "" : area["/Areas".Length..]) + file[(pages + Folder.Length - 1)..^Extension.Length];
        path = path.EndsWith(Index, StringComparison.OrdinalIgnoreCase) ? path[..^Index.Length] : path;
        string template = metadata.GetValueOrDefault("RouteTemplate", "");
        return template.StartsWith('/') ? template : RoutePrefixes.Combine(RoutePrefixes.Combine("", path), template);
    }
}
