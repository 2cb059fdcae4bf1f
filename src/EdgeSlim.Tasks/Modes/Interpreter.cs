using System.Reflection.Metadata;

namespace EdgeSlim.Modes;

/// <summary>Follows the control flow of methods, and what is known of the values, without running anything.</summary>
/// <param name="members">Finds what is called.</param>
/// <param name="results">Knows what calls give.</param>
/// <param name="guards">The properties that are false when something is switched off.</param>
internal sealed class Interpreter(MemberResolver members, CallResults results, FeatureGuards guards)
{
    private static readonly Worlds[] EachWorld = [Worlds.Trimmed, Worlds.Static, Worlds.StaticJson, Worlds.Production];

    /// <summary>The calls of a method that are reached, in the order of its code.</summary>
    /// <exception cref="BadImageFormatException">The method is damaged.</exception>
    public IReadOnlyList<CallSite> CallsOf(CodeMethod method)
    {
        if (method.Assembly.Body(method.Handle) is not MethodBodyBlock block)
        {
            return [];
        }

        IlBody body = new(block);
        bool isGuarded = body.Instructions
            .Where(i => i.Code is ILOpCode.Call or ILOpCode.Callvirt)
            .Any(i => members.Method(method.Assembly, i.Token) is CallTarget target && guards.FalseIn(target) != Worlds.None);
        SortedDictionary<int, CallSite> sites = [];
        foreach (Worlds world in isGuarded ? EachWorld : [Worlds.All])
        {
            new MethodRun(members, results, method, body, world, sites).Follow();
        }

        return [.. sites.Values];
    }
}
