namespace EdgeSlim.Modes;

/// <summary>Calls whose marks do not count where the compiler sees what they are given. Pure.</summary>
internal static class IntrinsicCalls
{
    /// <summary>What is left of the marks of a call.</summary>
    /// <returns>The marks that count; null where the call is none of those that the compiler knows.</returns>
    public static RequiresMark? Handles(CallSite site, RequiresMark mark) => (site.Target.Type, site.Target.Name) switch
    {
        // What is not known in them is found as a value.
        ("System.Type", "GetType") or ("System.Activator", "CreateInstance") when site.Target.Signature.ParameterTypes is [{ Name: "System.String" }, ..] =>
            mark with { Unreferenced = null },

        // The compiler finds the type by itself; what it cannot do is make an instance of it that the program does not have.
        ("System.Type", "MakeGenericType") when site.Arguments is [TypeValue, ..] => mark with { Unreferenced = null },
        ("System.Reflection.MethodInfo", "MakeGenericMethod") when IsMember(site) => mark with { Unreferenced = null },

        ("System.Array", "CreateInstance") or ("System.Enum", "GetValues" or "GetValuesAsUnderlyingType")
            or ("System.Runtime.InteropServices.Marshal", _) when site.Arguments.Any(a => a is TypeValue { Type.IsOpen: false }) => RequiresMark.None,

        // So C# writes an expression tree, and names each member.
        ("System.Linq.Expressions.Expression", _) when IsMember(site) || site.Arguments is [_, var second, ..] && second == AbstractValue.Member =>
            mark with { Unreferenced = null },
        _ => null,
    };

    private static bool IsMember(CallSite site) => site.Arguments is [var first, ..] && first == AbstractValue.Member;
}
