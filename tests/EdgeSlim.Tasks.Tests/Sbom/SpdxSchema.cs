using System.Text.Json;

namespace EdgeSlim.Tests.Sbom;

/// <summary>
/// What the official JSON schema of SPDX 2.3 (spdx/spdx-spec, schemas/spdx-schema.json, version 2.3) asks of the kinds of
/// objects that EdgeSlim writes: their properties, of which no others are allowed, the required ones, and the known words. The
/// types of all values are text, except for those that are named here.
/// </summary>
internal static class SpdxSchema
{
    private static readonly Kind Checksum = new()
    {
        Required = "algorithm checksumValue",
        Words = new()
        {
            ["algorithm"] = "SHA1 SHA224 SHA256 SHA384 SHA512 SHA3-256 SHA3-384 SHA3-512 MD2 MD4 MD5 MD6 BLAKE2b-256 BLAKE2b-384 BLAKE2b-512 BLAKE3 ADLER32",
        },
    };

    private static readonly Kind Reference = new()
    {
        Required = "referenceCategory referenceLocator referenceType",
        Optional = "comment",
        Words = new() { ["referenceCategory"] = "OTHER PERSISTENT-ID SECURITY PACKAGE-MANAGER" },
    };

    private static readonly Kind Package = new()
    {
        Required = "SPDXID downloadLocation name",
        Optional = "builtDate comment copyrightText description homepage licenseComments licenseConcluded licenseDeclared originator"
            + " packageFileName releaseDate sourceInfo summary supplier validUntilDate versionInfo primaryPackagePurpose",
        Flags = "filesAnalyzed",
        Texts = "attributionTexts hasFiles licenseInfoFromFiles",
        Lists = new() { ["checksums"] = Checksum, ["externalRefs"] = Reference },
        Words = new()
        {
            ["primaryPackagePurpose"] = "APPLICATION FRAMEWORK LIBRARY CONTAINER OPERATING_SYSTEM DEVICE FIRMWARE SOURCE ARCHIVE FILE INSTALL OTHER",
        },
    };

    private static readonly Kind Relationship = new()
    {
        Required = "spdxElementId relatedSpdxElement relationshipType",
        Optional = "comment",
        Words = new()
        {
            ["relationshipType"] = "AMENDS ANCESTOR_OF BUILD_DEPENDENCY_OF BUILD_TOOL_OF CONTAINED_BY CONTAINS COPY_OF DATA_FILE_OF"
                + " DEPENDENCY_MANIFEST_OF DEPENDENCY_OF DEPENDS_ON DESCENDANT_OF DESCRIBED_BY DESCRIBES DEV_DEPENDENCY_OF DEV_TOOL_OF"
                + " DISTRIBUTION_ARTIFACT DOCUMENTATION_OF DYNAMIC_LINK EXAMPLE_OF EXPANDED_FROM_ARCHIVE FILE_ADDED FILE_DELETED FILE_MODIFIED"
                + " GENERATED_FROM GENERATES HAS_PREREQUISITE METAFILE_OF OPTIONAL_COMPONENT_OF OPTIONAL_DEPENDENCY_OF OTHER PACKAGE_OF"
                + " PATCH_APPLIED PATCH_FOR PREREQUISITE_FOR PROVIDED_DEPENDENCY_OF REQUIREMENT_DESCRIPTION_FOR RUNTIME_DEPENDENCY_OF"
                + " SPECIFICATION_FOR STATIC_LINK TEST_CASE_OF TEST_DEPENDENCY_OF TEST_OF TEST_TOOL_OF VARIANT_OF",
        },
    };

    private static readonly Kind Creation = new() { Required = "created", Optional = "comment licenseListVersion", Texts = "creators" };

    private static readonly Kind Document = new()
    {
        Required = "SPDXID dataLicense name spdxVersion",
        Optional = "comment documentNamespace",
        Texts = "documentDescribes",
        Objects = new() { ["creationInfo"] = Creation },
        Lists = new() { ["packages"] = Package, ["relationships"] = Relationship },
    };

    /// <summary>What breaks the schema.</summary>
    public static IReadOnlyList<string> Faults(byte[] document)
    {
        using JsonDocument parsed = JsonDocument.Parse(document);
        return
        [
            .. Faults(Document, parsed.RootElement, "#"),
            .. parsed.RootElement.TryGetProperty("creationInfo", out JsonElement creation) && creation.TryGetProperty("creators", out JsonElement creators)
                && creators is { ValueKind: JsonValueKind.Array } && creators.GetArrayLength() > 0 ? Array.Empty<string>() : ["#/creationInfo/creators: nobody"],
        ];
    }

    private static IEnumerable<string> Faults(Kind kind, JsonElement element, string path)
    {
        foreach (string missing in Names(kind.Required).Where(n => !element.TryGetProperty(n, out _)))
        {
            yield return $"{path}: no {missing}";
        }

        foreach (JsonProperty property in element.EnumerateObject())
        {
            string here = $"{path}/{property.Name}";
            JsonElement value = property.Value;
            foreach (string fault in kind.Lists.TryGetValue(property.Name, out Kind? of) && value.ValueKind == JsonValueKind.Array
                ? value.EnumerateArray().SelectMany((e, i) => Faults(of, e, $"{here}/{i}"))
                : kind.Objects.TryGetValue(property.Name, out of) && value.ValueKind == JsonValueKind.Object ? Faults(of, value, here)
                : Fits(kind, property) ? [] : [$"{here}: {value.GetRawText()}"])
            {
                yield return fault;
            }
        }
    }

    private static bool Fits(Kind kind, JsonProperty property) => (property.Name, property.Value.ValueKind) switch
    {
        (string name, JsonValueKind.String) when kind.Words.TryGetValue(name, out string? words) => Names(words).Contains(property.Value.GetString()),
        (string name, JsonValueKind.String) => Names(kind.Required).Concat(Names(kind.Optional)).Contains(name),
        (string name, JsonValueKind.True or JsonValueKind.False) => Names(kind.Flags).Contains(name),
        (string name, JsonValueKind.Array) => Names(kind.Texts).Contains(name) && property.Value.EnumerateArray().All(t => t.ValueKind == JsonValueKind.String),
        _ => false,
    };

    private static string[] Names(string names) => names.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>A kind of object, by the names of its properties.</summary>
    private sealed record Kind
    {
        public string Required { get; init; } = "";

        public string Optional { get; init; } = "";

        public string Flags { get; init; } = "";

        public string Texts { get; init; } = "";

        public Dictionary<string, Kind> Objects { get; init; } = [];

        public Dictionary<string, Kind> Lists { get; init; } = [];

        public Dictionary<string, string> Words { get; init; } = [];
    }
}
