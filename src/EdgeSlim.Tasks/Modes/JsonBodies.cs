using System.Reflection;

namespace EdgeSlim.Modes;

/// <summary>
/// Tells what an endpoint reads from the body of a request from what it gets from the services: the generated code finds that out
/// when the program runs.
/// </summary>
internal sealed class JsonBodies
{
    private const string Resolver = "ResolveJsonBodyOrService";
    private const string Services = "Microsoft.Extensions.DependencyInjection.IServiceCollection";

    private readonly CodeAssemblies _assemblies;
    private readonly HashSet<ClrType> _registered;

    /// <param name="assemblies">The assemblies.</param>
    /// <param name="sites">All calls of the application.</param>
    public JsonBodies(CodeAssemblies assemblies, IReadOnlyList<CallSite> sites)
    {
        _assemblies = assemblies;
        _registered = [.. sites
            .Where(s => s.Target.Signature.ParameterTypes is [{ Name: Services }, ..])
            .SelectMany(s => s.Target.Arguments.Concat(s.Arguments.OfType<TypeValue>().Select(t => t.Type)))];
    }

    /// <summary>Whether a call makes what reads a parameter, unless it is a service.</summary>
    public static bool IsResolver(CallTarget target) =>
        target.Name == Resolver && target.Type.StartsWith(EndpointCalls.Generated + ".", StringComparison.Ordinal);

    /// <summary>The type that a call of a resolver reads; none where it is a service.</summary>
    public IEnumerable<ClrType> Of(CallSite resolver)
    {
        string endpoint = UserMember.Of(resolver.Caller).Name;

        // Without a word of the author's no body is read there.
        bool takesNone = endpoint.StartsWith("MapGet", StringComparison.Ordinal) || endpoint.StartsWith("MapDelete", StringComparison.Ordinal);
        return takesNone ? [] : resolver.Target.Arguments.Where(a => !IsService(a));
    }

    private bool IsService(ClrType type)
    {
        if (type.Kind == ClrTypeKind.Array)
        {
            return false;
        }

        if (_registered.Contains(type) || type.Name == "System.Collections.Generic.IEnumerable`1" || _assemblies.Find(type) is not CodeType found)
        {
            return true;
        }

        bool isCollection = type.Name.StartsWith("System.Collections.", StringComparison.Ordinal) && type.Arguments.Count > 0;
        return !isCollection && (found.Definition.Attributes.HasFlag(TypeAttributes.Abstract) || !found.Assembly.IsOwn || TakesServices(found));
    }

    // Nothing that is read from JSON is made of what has no data.
    private bool TakesServices(CodeType type) => type.Definition.GetMethods()
        .Select(m => new CodeMethod(type.Assembly, m))
        .Where(m => m.Name == CallTarget.Constructor)
        .SelectMany(m => type.Assembly.Types.SignatureOf(m.Definition).ParameterTypes)
        .Any(p => !p.Name.StartsWith("System.", StringComparison.Ordinal)
            && _assemblies.Find(p) is CodeType parameter && parameter.Definition.Attributes.HasFlag(TypeAttributes.Interface));
}
