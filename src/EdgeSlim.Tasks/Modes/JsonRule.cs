namespace EdgeSlim.Modes;

/// <summary>A type that an application serializes.</summary>
/// <param name="Type">The type.</param>
/// <param name="Site">Where.</param>
internal sealed record JsonUse(ClrType Type, CallSite Site);

/// <summary>Finds the types that endpoints read and write as JSON.</summary>
/// <param name="assemblies">The assemblies.</param>
internal sealed class JsonRule(CodeAssemblies assemblies)
{
    private const string Results = "Microsoft.AspNetCore.Http.HttpResults.";
    private const string Problem = "Microsoft.AspNetCore.Mvc.ProblemDetails";
    private const string ValidationProblem = "Microsoft.AspNetCore.Http.HttpValidationProblemDetails";

    /// <summary>The types that no context covers, each once, in the order of the code.</summary>
    /// <param name="sites">All calls of the application.</param>
    public IReadOnlyList<JsonUse> Uncovered(IReadOnlyList<CallSite> sites)
    {
        JsonBodies bodies = new(assemblies, sites);
        IReadOnlySet<string> covered = JsonCoverage.Of(assemblies, sites);
        Dictionary<string, CallSite> interceptors = new(StringComparer.Ordinal);
        foreach (CallSite site in sites.Where(s => EndpointCalls.IsInterceptor(s.Target) && s.Target.Definition is not null))
        {
            interceptors.TryAdd(UserMember.Of(site.Target.Definition!).Shown, site);
        }

        return [.. sites
            .Where(s => s.Worlds.HasFlag(Worlds.StaticJson))
            .SelectMany(s => Types(s, bodies).Select(t => new JsonUse(t, s)))
            .Where(u => !u.Type.IsOpen && !covered.Contains(u.Type.Text) && !IsInContext(u.Site.Caller))
            .DistinctBy(u => u.Type)
            .Select(u => UserMember.Of(u.Site.Caller) is var member && interceptors.TryGetValue(member.Shown, out CallSite? place)
                ? u with { Site = place }
                : u)];
    }

    private static IEnumerable<ClrType> Types(CallSite site, JsonBodies bodies)
    {
        CallTarget target = site.Target;
        if (target.Is("System.Text.Json.JsonSerializerOptions", "GetTypeInfo"))
        {
            return site.Argument(0) is TypeValue type ? [type.Type] : [];
        }

        return JsonBodies.IsResolver(target) ? bodies.Of(site)
            : EndpointCalls.IsResults(target) ? OfResult(target)
            : target.Arguments.SelectMany(a => a.Parts()).SelectMany(InResult);
    }

    private static IEnumerable<ClrType> OfResult(CallTarget target) =>
        target.Name == "Problem" ? [ClrType.Named("Microsoft.AspNetCore.Http.Abstractions", Problem)]
        : target.Name == "ValidationProblem" ? [ClrType.Named("Microsoft.AspNetCore.Http.Abstractions", ValidationProblem)]
        : target.Signature.ParameterTypes.Any(p => p.Name.StartsWith("System.Text.Json.Serialization.", StringComparison.Ordinal)) ? []
        : target.Arguments.Where(a => !a.Name.StartsWith(Results, StringComparison.Ordinal));

    // Ok<T> says what is written, wherever a method says that it returns it; Results<...> says which of them it may be.
    private static IEnumerable<ClrType> InResult(ClrType type) =>
        type.Kind == ClrTypeKind.Named && type.Name.StartsWith(Results, StringComparison.Ordinal) && !type.Name.StartsWith(Results + "Results`", StringComparison.Ordinal)
            ? type.Arguments
            : [];

    private bool IsInContext(CodeMethod caller) => UserMember.Of(caller).Types.Any(t => JsonCoverage.IsContext(assemblies, t));
}
