using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace EdgeSlim.Tests.Documentation;

/// <summary>The fields of a document, as its schema has them and as the code writes them.</summary>
/// <param name="schema">The schema.</param>
/// <param name="definition">The document's definition in it.</param>
/// <param name="document">How the code writes it.</param>
internal sealed class SchemaFields(JsonObject schema, string definition, JsonTypeInfo document)
{
    public IEnumerable<SchemaField> OfCode() => OfCode(document, definition, []);

    public IEnumerable<SchemaField> OfSchema() => OfSchema(schema["$defs"]![definition]!, definition, []);

    /// <summary>What a reference is to.</summary>
    private JsonNode Follow(JsonNode node)
    {
        if (node["$ref"] is not JsonNode reference)
        {
            return node;
        }

        JsonNode at = schema;
        foreach (string step in reference.GetValue<string>()["#/".Length..].Split('/'))
        {
            at = at[step]!;
        }

        return at;
    }

    // What holds itself, such as a tree, is gone into once.
    private IEnumerable<SchemaField> OfCode(JsonTypeInfo type, string path, Type[] above) => type.Kind switch
    {
        JsonTypeInfoKind.Object when !above.Contains(type.Type) => type.Properties.Where(p => p.Get is not null).SelectMany(property =>
        {
            string name = $"{path}/{property.Name}";
            bool isOptional = Nullable.GetUnderlyingType(property.PropertyType) is not null
                || (!property.PropertyType.IsValueType && property.IsGetNullable);
            return OfCode(TypeInfo(property.PropertyType), name, [.. above, type.Type]).Prepend(new SchemaField(name, !isOptional));
        }),
        JsonTypeInfoKind.Enumerable => OfCode(TypeInfo(type.ElementType!), path, above),
        _ => [],
    };

    private JsonTypeInfo TypeInfo(Type type) => document.Options.GetTypeInfo(type);

    private IEnumerable<SchemaField> OfSchema(JsonNode node, string path, JsonNode[] above)
    {
        JsonNode followed = Follow(node);
        if (followed["items"] is JsonNode items)
        {
            return OfSchema(items, path, above);
        }

        if (above.Contains(followed))
        {
            return [];
        }

        HashSet<string> required = [.. followed["required"]?.AsArray().Select(n => n!.GetValue<string>()) ?? []];
        return (followed["properties"]?.AsObject() ?? []).SelectMany(property =>
        {
            string name = $"{path}/{property.Key}";
            return OfSchema(property.Value!, name, [.. above, followed]).Prepend(new SchemaField(name, required.Contains(property.Key)));
        });
    }
}

/// <summary>A field of a document.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="IsRequired">Whether it is always there.</param>
internal sealed record SchemaField(string Path, bool IsRequired);
