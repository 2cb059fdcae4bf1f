namespace EdgeSlim.Modes;

/// <summary>The methods that map endpoints, and those that make what endpoints answer. Pure.</summary>
internal static class EndpointCalls
{
    public const string Extensions = "Microsoft.AspNetCore.Builder.EndpointRouteBuilderExtensions";
    public const string Generated = "Microsoft.AspNetCore.Http.Generated";
    private const string Controllers = "Microsoft.AspNetCore.Builder.ControllerEndpointRouteBuilderExtensions";
    private const string HealthChecks = "Microsoft.AspNetCore.Builder.HealthCheckEndpointRouteBuilderExtensions";

    /// <summary>Whether a method maps an endpoint, in the framework or in what a generator made in its place.</summary>
    public static bool IsMap(CallTarget target) =>
        target.Name.StartsWith("Map", StringComparison.Ordinal) && (target.Type == Extensions || IsInterceptor(target));

    /// <summary>Whether a method was generated in place of one that maps an endpoint.</summary>
    public static bool IsInterceptor(CallTarget target) =>
        target.Type.StartsWith(Generated + ".", StringComparison.Ordinal) && target.Signature.ParameterTypes.Length >= 3
        && target.Name.StartsWith("Map", StringComparison.Ordinal) && char.IsAsciiDigit(target.Name[^1]);

    /// <summary>Whether a call maps controllers by a pattern that the root fits, such as <c>{controller=Home}/{action=Index}/{id?}</c>.</summary>
    public static bool AnswersAtRoot(CallSite site) => site.Target.Type == Controllers && site.Target.Name switch
    {
        "MapDefaultControllerRoute" => true,
        "MapControllerRoute" => site.Argument(2) is TextValue pattern
            && pattern.Text.Split('/').All(p => p.StartsWith('{') && p.EndsWith('}') && (p.Contains('=', StringComparison.Ordinal) || p.EndsWith("?}", StringComparison.Ordinal))),
        _ => false,
    };

    /// <summary>Whether a call maps an endpoint that answers GET.</summary>
    public static bool AnswersGet(CallSite site)
    {
        if (site.Target.Type == HealthChecks)
        {
            return site.Target.Name == "MapHealthChecks";
        }

        return IsMap(site.Target) && site.Target.Name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') switch
        {
            "MapGet" or "Map" => true,
            "MapMethods" => site.Argument(2) is TextListValue methods && methods.Texts.Contains("GET", StringComparer.OrdinalIgnoreCase),
            _ => false,
        };
    }

    /// <summary>Whether a method makes what an endpoint answers.</summary>
    public static bool IsResults(CallTarget target) =>
        target.Type is "Microsoft.AspNetCore.Http.Results" or "Microsoft.AspNetCore.Http.TypedResults";
}
