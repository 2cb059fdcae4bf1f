using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Bases.Runtimes;

/// <summary>What an application asks of the host of .NET: its <c>runtimeconfig.json</c>.</summary>
/// <param name="Frameworks">The shared frameworks; none where the application brings its runtime.</param>
/// <param name="Policy">Which other versions will do; null for the default.</param>
public sealed partial record RuntimeConfiguration(IReadOnlyList<SharedFramework> Frameworks, string? Policy)
{
    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="EdgeException">It is missing or damaged (EDGE3016).</exception>
    public static RuntimeConfiguration Read(string path)
    {
        try
        {
            Settings settings = JsonSerializer.Deserialize(File.ReadAllBytes(path), ConfigurationJson.Default.Document)?.RuntimeOptions
                ?? throw new JsonException("It has no runtimeOptions.");
            return new RuntimeConfiguration(
                [.. settings.Frameworks ?? [], .. settings.Framework is SharedFramework one ? [one] : Array.Empty<SharedFramework>()],
                settings.RollForward);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new EdgeException(e, DiagnosticCodes.StageFileUnreadable, path, e.Message);
        }
    }

    /// <summary>The frameworks that are asked for and not there. ASP.NET Core's own asks for .NET's besides.</summary>
    /// <param name="present">The frameworks that are there.</param>
    /// <returns>The missing ones.</returns>
    public IReadOnlyList<SharedFramework> MissingOf(IReadOnlyList<SharedFramework> present) =>
        [.. Frameworks.Where(f => !present.Any(p => p.Name == f.Name && RollForward.Accepts(f.Version, Policy, p.Version)))];

    internal sealed record Document(Settings? RuntimeOptions);

    internal sealed record Settings(SharedFramework? Framework, IReadOnlyList<SharedFramework>? Frameworks, string? RollForward);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
    [JsonSerializable(typeof(Document))]
    private sealed partial class ConfigurationJson : JsonSerializerContext;
}
