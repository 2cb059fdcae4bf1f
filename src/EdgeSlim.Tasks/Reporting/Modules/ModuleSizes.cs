using EdgeSlim.Publishing.Modules;
using EdgeSlim.Reporting.Advice;
using EdgeSlim.Reporting.Reasons;
using EdgeSlim.Reporting.Sizes;

namespace EdgeSlim.Reporting.Modules;

/// <summary>
/// Finds what is in the image for one module alone: the types and assemblies that the application no longer reaches when
/// the module is taken for off. What two modules share is counted for neither, so that a sum is never too large. Pure.
/// </summary>
internal static class ModuleSizes
{
    /// <summary>Finds it.</summary>
    /// <param name="map">The map.</param>
    /// <param name="modules">The modules.</param>
    /// <param name="project">The simple name of the project's assembly.</param>
    /// <param name="assemblies">The assemblies.</param>
    /// <returns>What each module brings; nothing for one that is off. Null where there are none.</returns>
    public static IReadOnlyList<ModuleSize>? Of(
        SizeNode map, IReadOnlyList<ModuleFacts> modules, string project, IReadOnlyList<AssemblyReferences> assemblies)
    {
        if (modules.Count == 0)
        {
            return null;
        }

        Dictionary<string, AssemblyReferences> byName = assemblies.GroupBy(a => a.Name).ToDictionary(g => g.Key, g => g.First());
        HashSet<string> present = [.. map.Find(n => n.Kind == SizeKinds.Assembly).Select(n => n.Name)];
        // What is off is in the image no more, though the code still says that it uses it.
        HashSet<string> off = [.. modules.Where(m => !m.IsEnabled).Select(m => ModuleName.Parse(m.Name).Property)];
        ModuleReach all = ModuleReach.Find(byName, project, present, off);
        return
        [
            .. modules.Select(m =>
            {
                IReadOnlyList<ModulePart> parts = m.IsEnabled
                    ? Parts(map, all, ModuleReach.Find(byName, project, present, off.Append(ModuleName.Parse(m.Name).Property).ToHashSet()))
                    : [];
                return new ModuleSize(m.Name, m.IsEnabled, parts.Sum(p => p.Bytes), parts);
            }),
        ];
    }

    private static IReadOnlyList<ModulePart> Parts(SizeNode map, ModuleReach all, ModuleReach without)
    {
        IEnumerable<ModulePart> types = all.Types.Except(without.Types)
            .Select(t => new ModulePart(t.Type, SizeKinds.Type, map.Assembly(t.Assembly) is SizeNode own ? TypeBytes(own, t.Type) : 0));
        IEnumerable<ModulePart> assemblies = all.Assemblies.Except(without.Assemblies)
            .Select(a => new ModulePart(a, SizeKinds.Assembly, map.Assembly(a)?.Bytes ?? 0));
        return [.. types.Concat(assemblies).Where(p => p.Bytes > 0).OrderByDescending(p => p.Bytes).ThenBy(p => p.Name, StringComparer.Ordinal)];
    }

    // With the types that are nested in it, such as those that the compiler makes.
    private static long TypeBytes(SizeNode assembly, string fullName)
    {
        int dot = fullName.LastIndexOf('.');
        string space = dot < 0 ? ManagedSizes.NoNamespace : fullName[..dot];
        string name = fullName[(dot + 1)..];
        return assembly.Parts.Where(n => n.Kind == SizeKinds.Space && n.Name == space)
            .Sum(n => n.TypeBytes(t => t == name || t.StartsWith(name + "/", StringComparison.Ordinal)));
    }
}
