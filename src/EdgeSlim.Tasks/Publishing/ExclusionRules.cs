using System.Text.RegularExpressions;

namespace EdgeSlim.Publishing;

/// <summary>Which files of a publish have no business in an image, by their names. Pure.</summary>
public static partial class ExclusionRules
{
    /// <summary>The reason given for symbol files, which are moved instead of forgotten.</summary>
    public const string Symbols = "debug symbols, moved to the symbols folder";

    /// <summary>The reason given for what lies in the publish folder, but did not come from this publish.</summary>
    public const string Leftover = "not produced by this publish";

    /// <summary>The reason given for files of the configuration.</summary>
    public const string Configuration = "configuration, mounted from outside";

    /// <summary>The reason given for XML documentation of assemblies.</summary>
    public const string Documentation = "XML documentation";

    /// <summary>The reason given for shared libraries of which a static executable has the code.</summary>
    public const string LinkedIn = "native library that is linked into the executable (DirectPInvoke)";

    /// <summary>Whether a file is a shared library that a static executable was bound to when it was linked.</summary>
    /// <param name="targetPath">Its path in the image.</param>
    /// <param name="linkedIn">The libraries, as P/Invokes name them. One function of a library, <c>library!function</c>, is not the library.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsLinkedIn(string targetPath, IReadOnlyList<string> linkedIn)
    {
        string name = Path.GetFileName(targetPath);
        return name.EndsWith(".so", StringComparison.Ordinal)
            && linkedIn.Any(l => name == l || name == l + ".so" || name == $"lib{l}" || name == $"lib{l}.so");
    }

    /// <summary>Says why a file stays out.</summary>
    /// <param name="targetPath">Its path in the image.</param>
    /// <param name="hasWebContent">Whether the publish holds files below <c>wwwroot</c>.</param>
    /// <returns>The reason; null where it goes in.</returns>
    public static string? ReasonToExclude(string targetPath, bool hasWebContent)
    {
        string name = Path.GetFileName(targetPath);
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".dbg" or ".pdb" or ".debug" => Symbols,
            ".a" or ".lib" or ".o" => "static library, of no use at run time",
            _ when IsDevelopmentSettings().IsMatch(name) => "settings of a developer's machine",

            // Below wwwroot they are for the browser.
            _ when IsEnvironmentSettings(name) && !targetPath.StartsWith("wwwroot/", StringComparison.Ordinal) =>
                "settings of one environment, for outside the image",
            _ when IsDotEnv().IsMatch(name) => "environment file, which often holds secrets",
            _ when name.EndsWith(".staticwebassets.runtime.json", StringComparison.OrdinalIgnoreCase) =>
                "static web assets of a developer's machine",

            // Without static files, nothing reads the list of their endpoints. With them, MapStaticAssets() does not
            // start without it.
            _ when !hasWebContent
                && name.EndsWith(".staticwebassets.endpoints.json", StringComparison.OrdinalIgnoreCase) =>
                "endpoints of static web assets, of which there are none",
            _ => null,
        };
    }

    /// <summary>Whether a file has the settings of one environment, which hosts of .NET read over those of all.</summary>
    /// <param name="name">The file's name.</param>
    /// <returns>Whether it is <c>appsettings.ENVIRONMENT.json</c>.</returns>
    public static bool IsEnvironmentSettings(string name) => EnvironmentSettings().IsMatch(name);

    /// <summary>Whether a text begins like the XML documentation that a compiler writes for an assembly.</summary>
    /// <param name="beginning">The first characters of an XML file.</param>
    /// <returns>Whether it is documentation, and not an XML file that the application reads.</returns>
    public static bool IsXmlDocumentation(string beginning) => XmlDocumentation().IsMatch(beginning);

    [GeneratedRegex(@"^appsettings\.Development\.json$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IsDevelopmentSettings();

    [GeneratedRegex(@"^appsettings\..+\.json$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EnvironmentSettings();

    [GeneratedRegex(@"^\.env(\..+)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex IsDotEnv();

    [GeneratedRegex(@"^\uFEFF?\s*(<\?xml[^>]*\?>)?\s*<doc>\s*<assembly>", RegexOptions.CultureInvariant)]
    private static partial Regex XmlDocumentation();
}
