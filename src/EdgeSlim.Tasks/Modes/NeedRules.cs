namespace EdgeSlim.Modes;

/// <summary>What the targets of calls need. Pure.</summary>
internal static class NeedRules
{
    private static readonly HashSet<string> OwnReflectionTypes =
    [
        "Microsoft.AspNetCore.Http.HttpRequestJsonExtensions",
        "Microsoft.AspNetCore.Http.HttpResponseJsonExtensions",
        "Microsoft.AspNetCore.Http.RequestDelegateFactory",
        "Microsoft.AspNetCore.Builder.RouteHandlerBuilder",
        "Microsoft.Extensions.Configuration.ConfigurationBinder",
        "Microsoft.Extensions.DependencyInjection.OptionsConfigurationServiceCollectionExtensions",
        "Microsoft.Extensions.DependencyInjection.OptionsBuilderConfigurationExtensions",
        "Microsoft.Extensions.DependencyInjection.OptionsBuilderDataAnnotationsExtensions",
        "Microsoft.Extensions.Options.ConfigureFromConfigurationOptions`1",
        "Microsoft.Extensions.Options.NamedConfigureFromConfigurationOptions`1",
        "System.ComponentModel.DataAnnotations.ValidationContext",
        "System.ComponentModel.DataAnnotations.Validator",
        "System.Runtime.Serialization.DataContractSerializer",
        "System.Runtime.Serialization.Json.DataContractJsonSerializer",
    ];

    /// <summary>What a target needs that is marked.</summary>
    public static ModeNeed Of(CallTarget target, RequiresMark mark) =>
        mark.Unreferenced is null ? ModeNeed.DynamicCode
        : LooksAtOwnTypesOnly(target) ? ModeNeed.OwnReflection
        : ModeNeed.UnreferencedCode;

    /// <summary>Whether a target serializes JSON.</summary>
    public static bool IsJson(CallTarget target) =>
        target.Type.StartsWith("System.Text.Json.", StringComparison.Ordinal)
        || target.Type.StartsWith("System.Net.Http.Json.", StringComparison.Ordinal)
        || target.Type is "Microsoft.AspNetCore.Http.HttpRequestJsonExtensions" or "Microsoft.AspNetCore.Http.HttpResponseJsonExtensions"
        || (EndpointCalls.IsResults(target) && target.Name == "Json");

    private static bool LooksAtOwnTypesOnly(CallTarget target) =>
        IsJson(target)
        || OwnReflectionTypes.Contains(target.Type)
        || target.Type.StartsWith("System.Xml.Serialization.", StringComparison.Ordinal)
        || EndpointCalls.IsMap(target);
}
