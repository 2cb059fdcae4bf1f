namespace EdgeSlim.Modes;

/// <summary>Finds the paths without parameters that answer GET, in calls that map them.</summary>
internal sealed class RouteFinder
{
    // A group that is handed on further than that is not followed.
    private const int MaxCalls = 4;

    private readonly ILookup<CodeMethod, CallSite> _callers;
    private readonly IReadOnlyList<CallSite> _sites;

    /// <param name="sites">All calls of the application.</param>
    public RouteFinder(IReadOnlyList<CallSite> sites)
    {
        _sites = sites;
        _callers = sites.Where(s => s.Target.Definition is { Assembly.IsOwn: true }).ToLookup(s => s.Target.Definition!);
    }

    /// <summary>The paths, in the order of the code.</summary>
    public IEnumerable<string> Routes() => _sites.Where(s => s.Worlds.HasFlag(Worlds.Production)).SelectMany(
        s => RouteOf(s) is string route ? Prefixes(s.Argument(0), s.Caller, MaxCalls).Select(p => RoutePrefixes.Combine(p, route)) : []);

    private static string? RouteOf(CallSite site) => EndpointCalls.AnswersAtRoot(site) ? "/"
        : EndpointCalls.AnswersGet(site) && site.Argument(1) is TextValue route ? route.Text
        : null;

    private IEnumerable<string> Prefixes(AbstractValue value, CodeMethod caller, int depth)
    {
        if (depth == 0 || RoutePrefixes.Of(value, caller) is not RouteValue route)
        {
            return [];
        }

        return route.Owner is null
            ? [route.Prefix]
            : Given(route.Owner, route.Number, depth).Select(p => RoutePrefixes.Combine(p, route.Prefix)).Distinct();
    }

    // What is given for a parameter: by those that call the method, or by the application itself.
    private IEnumerable<string> Given(CodeMethod method, int parameter, int depth) => _callers[method]
        .Where(c => c.Worlds.HasFlag(Worlds.Production))
        .SelectMany(c => parameter < c.Arguments.Count ? Prefixes(c.Arguments[parameter], c.Caller, depth - 1) : [])
        .Concat(_sites
            .Where(s => s.Target.Name == "UseEndpoints" && s.Worlds.HasFlag(Worlds.Production) && s.Arguments.Any(a => a is FunctionValue f && f.Method == method))
            .Select(_ => ""));
}
