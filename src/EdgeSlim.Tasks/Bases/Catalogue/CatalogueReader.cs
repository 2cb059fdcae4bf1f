using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Bases.Catalogue;

/// <summary>Reads catalogues (<c>docs/bases.schema.json</c>).</summary>
public static partial class CatalogueReader
{
    private static readonly string[] CLibraries = ["glibc", "musl"];

    /// <summary>Reads EdgeSlim's own catalogue, and the user's on top of it.</summary>
    /// <param name="path">EdgeSlim's own.</param>
    /// <param name="userPath">The user's; empty for none.</param>
    /// <returns>The catalogue.</returns>
    /// <exception cref="EdgeException">A catalogue is missing or no catalogue (EDGE2060).</exception>
    public static BaseCatalogue Read(string path, string userPath)
    {
        BaseCatalogue catalogue = Read(path);
        return userPath.Length == 0 ? catalogue : catalogue.With(Read(userPath));
    }

    private static BaseCatalogue Read(string path)
    {
        try
        {
            BaseCatalogue catalogue = JsonSerializer.Deserialize(
                File.ReadAllBytes(path), CatalogueJson.Documents.BaseCatalogue) ?? throw new JsonException("The document is null.");
            foreach ((string name, CatalogueBase entry) in catalogue.Bases)
            {
                Check(name, entry);
            }

            return catalogue;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new EdgeException(e, DiagnosticCodes.CatalogueUnreadable, path, e.Message);
        }
        catch (EdgeException e)
        {
            throw new EdgeException(e, DiagnosticCodes.CatalogueUnreadable, path, e.Message);
        }
    }

    private static void Check(string name, CatalogueBase? entry)
    {
        if (entry is null || (entry.Images ?? []).Any(i => i is null))
        {
            throw new JsonException($"'{name}' is null, or one of its images is.");
        }

        if (name is "auto" or BaseImage.ScratchName or BaseImage.SlicedName)
        {
            throw new JsonException($"'{name}' is a name of EdgeSlim's own.");
        }

        if (entry.CLibrary is not null && !CLibraries.Contains(entry.CLibrary))
        {
            throw new JsonException($"The cLibrary of '{name}' is '{entry.CLibrary}', but there are: {string.Join(", ", CLibraries)}.");
        }

        foreach (CatalogueImage image in entry.Images ?? [])
        {
            // Any version shows whether the rest is a reference.
            ImageReference.Parse(image.ReferenceFor("10.0"));
            foreach (string need in image.Offers ?? [])
            {
                KnownNeeds.Parse(need);
            }
        }
    }

    [JsonSerializable(typeof(BaseCatalogue))]
    private sealed partial class CatalogueJson : JsonSerializerContext
    {
        // A misspelt word is said, and not passed over.
        public static CatalogueJson Documents { get; } = new(new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            ReadCommentHandling = JsonCommentHandling.Skip,
            AllowTrailingCommas = true,
        });
    }
}
