namespace EdgeSlim.Bases.Needs;

/// <summary>The methods that the rules ask the AOT compiler's account for. Pure.</summary>
internal static class AskedMethods
{
    /// <summary>Their names, without types.</summary>
    /// <param name="assemblies">What the assemblies use: whether that is compiled is asked of those of packages, and of each P/Invoke.</param>
    /// <returns>The names.</returns>
    public static IReadOnlySet<string> Of(IReadOnlyList<AssemblyUses> assemblies) => new HashSet<string>(
    [
        .. ManagedRules.CompiledMethods.Select(m => m.Method),
        .. assemblies.Where(a => !a.IsOwn).SelectMany(a => a.Members).Select(m => m.Caller.Method),
        .. assemblies.SelectMany(a => a.Imports).Select(i => i.Method.Method),
    ]);
}
