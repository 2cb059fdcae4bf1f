namespace EdgeSlim.Modes;

/// <summary>What the routes of the endpoints that something maps begin with. Pure.</summary>
internal static class RoutePrefixes
{
    private const string Application = "Microsoft.AspNetCore.Builder.WebApplication";
    private const string Builder = "Microsoft.AspNetCore.Routing.IEndpointRouteBuilder";
    private const string GroupBuilder = "Microsoft.AspNetCore.Routing.RouteGroupBuilder";

    /// <summary>The prefix of what maps endpoints; null where it is not known.</summary>
    /// <param name="value">The application, a group, or a parameter that one of them is given for.</param>
    /// <param name="owner">The method that has it.</param>
    public static RouteValue? Of(AbstractValue value, CodeMethod? owner) => value switch
    {
        RouteValue route => route with { Owner = route.Number < 0 ? null : route.Owner ?? owner },
        SourceValue { Type.Name: Application } => new RouteValue(null, -1, ""),
        SourceValue { Source: ValueSource.Parameter, Type.Name: Builder or GroupBuilder } parameter =>
            new RouteValue(owner, parameter.Number, ""),
        _ => null,
    };

    /// <summary>What a group has that is made of another, or of the application.</summary>
    public static AbstractValue Group(IReadOnlyList<AbstractValue> arguments) =>
        arguments is [var outer, TextValue prefix] && Of(outer, null) is RouteValue route
            ? route with { Prefix = Combine(route.Prefix, prefix.Text) }
            : AbstractValue.Lost;

    /// <summary>A group that is given to a method which says something about it, and gives it back.</summary>
    public static AbstractValue? PassedOn(CallTarget target, IReadOnlyList<AbstractValue> arguments) =>
        !target.IsInstance && arguments is [RouteValue route, ..]
            && (target.Signature.ReturnType.Kind == ClrTypeKind.MethodParameter || target.Signature.ReturnType.Name == GroupBuilder)
            && target.Signature.ReturnType.Equals(target.Signature.ParameterTypes[0])
            ? route
            : null;

    /// <summary>A route in a group, as routing combines them.</summary>
    public static string Combine(string prefix, string route) =>
        (prefix.TrimEnd('/') + "/" + route.TrimStart('/')) is var whole && whole.Length > 1 ? whole.TrimEnd('/') : whole;
}
