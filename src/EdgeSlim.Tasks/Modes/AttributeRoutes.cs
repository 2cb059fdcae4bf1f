using System.Reflection;
using System.Reflection.Metadata;

namespace EdgeSlim.Modes;

/// <summary>Finds the paths without parameters that controllers and components say they answer.</summary>
/// <param name="assemblies">The assemblies.</param>
internal sealed class AttributeRoutes(CodeAssemblies assemblies)
{
    private const string Mvc = "Microsoft.AspNetCore.Mvc";
    private const string Components = "Microsoft.AspNetCore.Components";
    private const string Controller = "Controller";
    private const string Async = "Async";

    /// <summary>The paths, in the order of the code.</summary>
    public IEnumerable<string> Routes() => assemblies.Own.SelectMany(a => a.Metadata.TypeDefinitions
        .Select(t => new CodeType(a, t))
        .SelectMany(t => OfComponent(t).Concat(IsController(t) ? OfController(t) : [])));

    private static IEnumerable<string> OfComponent(CodeType type) =>
        Templates(type, Components, "RouteAttribute").OfType<string>().Select(r => RoutePrefixes.Combine("", r));

    private bool IsController(CodeType type)
    {
        TypeAttributes attributes = type.Definition.Attributes;
        return (attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public
            && !attributes.HasFlag(TypeAttributes.Abstract)
            && type.Definition.GetGenericParameters().Count == 0
            && (assemblies.DerivesFrom(type, $"{Mvc}.ControllerBase")
                || CodeAttributes.Of(type.Assembly, type.Definition.GetCustomAttributes(), Mvc, "ApiControllerAttribute").Any());
    }

    private IEnumerable<string> OfController(CodeType type)
    {
        string[] prefixes = [.. assemblies.WithBases(type)
            .Select(t => Templates(t, Mvc, "RouteAttribute").OfType<string>().ToArray())
            .FirstOrDefault(r => r.Length > 0) ?? []];
        string name = type.Assembly.Metadata.GetString(type.Definition.Name);
        name = name.EndsWith(Controller, StringComparison.Ordinal) ? name[..^Controller.Length] : name;
        foreach (MethodDefinition method in type.Definition.GetMethods().Select(type.Assembly.Metadata.GetMethodDefinition))
        {
            string action = type.Assembly.Metadata.GetString(method.Name);
            action = action.EndsWith(Async, StringComparison.Ordinal) ? action[..^Async.Length] : action;
            foreach (string route in OfAction(type.Assembly, method, prefixes))
            {
                string path = route
                    .Replace("[controller]", name, StringComparison.OrdinalIgnoreCase)
                    .Replace("[action]", action, StringComparison.OrdinalIgnoreCase);
                if (!path.Contains('[', StringComparison.Ordinal))
                {
                    yield return path;
                }
            }
        }
    }

    private static IEnumerable<string> OfAction(CodeAssembly assembly, MethodDefinition method, string[] prefixes)
    {
        if (!method.Attributes.HasFlag(MethodAttributes.Public) || method.Attributes.HasFlag(MethodAttributes.Static))
        {
            return [];
        }

        CustomAttributeHandleCollection attributes = method.GetCustomAttributes();
        string?[] gets = [.. Templates(assembly, attributes, Mvc, "HttpGetAttribute")];
        string?[] routes = [.. Templates(assembly, attributes, Mvc, "RouteAttribute")];

        // A template says the path; without one the method answers at that of its type.
        string?[] templates = gets.Length == 0 && HasOtherMethod(assembly, attributes) ? []
            : gets.Concat(routes).Any(t => t is not null) ? [.. gets.Concat(routes).Where(t => t is not null)]
            : gets;
        return templates.SelectMany(template => template is not null && (template.StartsWith('/') || template.StartsWith("~/", StringComparison.Ordinal))
            ? [RoutePrefixes.Combine("", template.TrimStart('~'))]
            : prefixes.Length == 0 && template is not null
                ? [RoutePrefixes.Combine("", template)]
                : prefixes.Select(p => RoutePrefixes.Combine(RoutePrefixes.Combine("", p.TrimStart('~')), template ?? "")));
    }

    private static bool HasOtherMethod(CodeAssembly assembly, CustomAttributeHandleCollection attributes) =>
        ((string[])["HttpPostAttribute", "HttpPutAttribute", "HttpDeleteAttribute", "HttpPatchAttribute", "HttpHeadAttribute", "HttpOptionsAttribute", "AcceptVerbsAttribute"])
            .Any(name => CodeAttributes.Of(assembly, attributes, Mvc, name).Any());

    private static IEnumerable<string?> Templates(CodeType type, string space, string name) =>
        Templates(type.Assembly, type.Definition.GetCustomAttributes(), space, name);

    private static IEnumerable<string?> Templates(CodeAssembly assembly, CustomAttributeHandleCollection attributes, string space, string name) =>
        CodeAttributes.Of(assembly, attributes, space, name).Select(a => CodeAttributes.Text(assembly, a));
}
