using System.IO.Compression;
using NJsonSchema;
using NJsonSchema.Validation;

namespace EdgeSlim.Tests.Sbom;

/// <summary>The official schemas: tests/assets/README.md says where they are from.</summary>
internal static class CycloneDxSchema
{
    private static readonly Dictionary<string, Lazy<Task<JsonSchema>>> Schemas = new()
    {
        ["1.5"] = new(() => LoadAsync("1.5")),
        ["1.6"] = new(() => LoadAsync("1.6")),
    };

    /// <summary>What breaks the schema of a version.</summary>
    public static async Task<IReadOnlyList<string>> FaultsAsync(string version, byte[] document) =>
        [.. (await Schemas[version].Value).Validate(System.Text.Encoding.UTF8.GetString(document)).SelectMany(Describe)];

    private static IEnumerable<string> Describe(ValidationError error) =>
        error is ChildSchemaValidationError child
            ? child.Errors.SelectMany(e => e.Value).SelectMany(Describe).Prepend(error.ToString())
            : [error.ToString()];

    private static async Task<JsonSchema> LoadAsync(string version)
    {
        using TemporaryFolder folder = new();
        foreach (string packed in Directory.GetFiles(Path.Combine(Repository.Root, "tests/assets/cyclonedx"), "*.gz"))
        {
            using GZipStream content = new(File.OpenRead(packed), CompressionMode.Decompress);
            using FileStream unpacked = File.Create(folder[Path.GetFileNameWithoutExtension(packed)]);
            await content.CopyToAsync(unpacked);
        }

        return await JsonSchema.FromFileAsync(folder[$"bom-{version}.SNAPSHOT.schema.json"]);
    }
}
