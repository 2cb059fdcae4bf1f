namespace EdgeSlim.Bases.Needs;

/// <summary>Where cultures are used although the application has none. Pure.</summary>
internal static class CultureRules
{
    /// <summary>The places.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="settings">What the project says.</param>
    /// <returns>The places, those that break first.</returns>
    public static IReadOnlyList<CultureUse> Find(Observations seen, NeedSettings settings)
    {
        if (!settings.InvariantGlobalization || !settings.InvariantByDefault)
        {
            return [];
        }

        return
        [
            .. from assembly in seen.Assemblies
               from use in assembly.Members
               where use.Kind is UseKind.CultureData or UseKind.CultureSensitive
               where ManagedRules.IsUsed(seen, assembly, use.Caller) != false
               orderby use.Kind, assembly.IsOwn descending
               select new CultureUse(use.Member, assembly.Name, use.Caller.ToString(), use.Kind == UseKind.CultureData),
        ];
    }
}
