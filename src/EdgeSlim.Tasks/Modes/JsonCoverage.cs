using System.Reflection.Metadata;

namespace EdgeSlim.Modes;

/// <summary>The types that can be serialized without reflection.</summary>
internal static class JsonCoverage
{
    public const string Context = "System.Text.Json.Serialization.JsonSerializerContext";

    private const string TypeInfo = "System.Text.Json.Serialization.Metadata.JsonTypeInfo`1";

    // What AddProblemDetails brings a context for; without it not even a text can be written that an endpoint returns as a result.
    private static readonly string[] OfProblemDetails =
        ["System.String", "Microsoft.AspNetCore.Mvc.ProblemDetails", "Microsoft.AspNetCore.Http.HttpValidationProblemDetails"];

    /// <summary>The types that the contexts of the application cover, and the framework's, where the application asks for it.</summary>
    public static IReadOnlySet<string> Of(CodeAssemblies assemblies, IEnumerable<CallSite> sites)
    {
        // Object stands for what a value is at run time, and the framework writes it without a context.
        HashSet<string> covered = ["System.Object"];
        foreach (CodeAssembly assembly in assemblies.Own)
        {
            foreach (TypeDefinitionHandle handle in assembly.Metadata.TypeDefinitions)
            {
                CodeType type = new(assembly, handle);
                if (IsContext(assemblies, type))
                {
                    covered.UnionWith(Covered(type).SelectMany(t => t.Parts()).Select(t => t.Text));
                }
            }
        }

        if (sites.Any(s => s.Target.Name == "AddProblemDetails"))
        {
            covered.UnionWith(OfProblemDetails);
        }

        return covered;
    }

    public static bool IsContext(CodeAssemblies assemblies, CodeType type) => assemblies.DerivesFrom(type, Context);

    // For each type that the context covers, and for all that stands in it, the generator makes a property.
    private static IEnumerable<ClrType> Covered(CodeType type)
    {
        MetadataReader metadata = type.Assembly.Metadata;
        foreach (PropertyDefinition property in type.Definition.GetProperties().Select(metadata.GetPropertyDefinition))
        {
            if (type.Assembly.Types.SignatureOf(property).ReturnType is { Name: TypeInfo, Arguments: [var covered] })
            {
                yield return covered;
            }
        }

        foreach (CustomAttribute attribute in CodeAttributes.Of(
            type.Assembly, type.Definition.GetCustomAttributes(), "System.Text.Json.Serialization", "JsonSerializableAttribute"))
        {
            if (CodeAttributes.Arguments(type.Assembly, attribute) is [ClrType named, ..])
            {
                yield return named;
            }
        }
    }
}
