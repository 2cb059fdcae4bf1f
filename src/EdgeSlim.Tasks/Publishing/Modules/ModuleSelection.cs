using EdgeSlim.Diagnostics;

namespace EdgeSlim.Publishing.Modules;

/// <summary>Decides which modules there are and which of them are on. Pure.</summary>
public static class ModuleSelection
{
    /// <summary>Decides it: the property wins over the file, and the file over the items.</summary>
    /// <param name="declared">The project's EdgeModule items; where there are any, there are no other modules.</param>
    /// <param name="switches">What the file says; it declares the modules of a project without items.</param>
    /// <param name="chosen">EdgeModules: the modules that are on, and no others; null where nobody chose.</param>
    /// <returns>The modules, sorted by name.</returns>
    /// <exception cref="EdgeException">
    /// A name is unknown (EDGE1031) or no name (EDGE1033), or a module that is off is required (EDGE1032).
    /// </exception>
    public static IReadOnlyList<EdgeModule> Decide(
        IReadOnlyList<EdgeModule> declared, IReadOnlyList<ModuleSwitch> switches, IReadOnlyList<string>? chosen)
    {
        IReadOnlyList<EdgeModule> all = declared.Count > 0
            ? declared
            : [.. switches.Select(s => new EdgeModule(ModuleName.Parse(s.Name, s.Location), s.IsEnabled))];
        CheckNames(all);
        Dictionary<string, EdgeModule> modules = all.ToDictionary(m => m.Name.Text, StringComparer.Ordinal);
        foreach (ModuleSwitch item in switches)
        {
            modules[item.Name] = Known(modules, item.Name, item.Location.File, item.Location) with { IsEnabled = item.IsEnabled };
        }

        if (chosen is not null)
        {
            HashSet<string> on = [.. chosen.Select(c => Known(modules, c, "EdgeModules").Name.Text)];
            modules = modules.ToDictionary(m => m.Key, m => m.Value with { IsEnabled = on.Contains(m.Key) });
        }

        foreach (EdgeModule module in modules.Values)
        {
            foreach (string required in module.Requires)
            {
                if (!Known(modules, required, $"'Requires' of the module '{module.Name}'").IsEnabled && module.IsEnabled)
                {
                    throw new EdgeException(DiagnosticCodes.ModuleRequired, required, module.Name);
                }
            }
        }

        return [.. modules.Values.OrderBy(m => m.Name.Text, StringComparer.Ordinal)];
    }

    /// <summary>The packages that only modules reference which are off.</summary>
    /// <param name="modules">The modules.</param>
    /// <returns>The packages' names.</returns>
    public static IReadOnlyList<string> UnusedPackages(IReadOnlyList<EdgeModule> modules) =>
    [
        .. modules.Where(m => !m.IsEnabled).SelectMany(m => m.Packages)
            .Except(modules.Where(m => m.IsEnabled).SelectMany(m => m.Packages), StringComparer.OrdinalIgnoreCase),
    ];

    private static EdgeModule Known(
        Dictionary<string, EdgeModule> modules, string name, string where, SourceLocation? location = null) =>
        modules.TryGetValue(name, out EdgeModule? module)
            ? module
            : throw new EdgeException(
                DiagnosticCodes.UnknownModule, name, where, string.Join(", ", modules.Keys.Order(StringComparer.Ordinal)))
            {
                Location = location,
            };

    private static void CheckNames(IReadOnlyList<EdgeModule> modules)
    {
        IGrouping<string, EdgeModule>? same = modules
            .GroupBy(m => m.Name.Property, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(g => g.Count() > 1);
        if (same is not null)
        {
            throw new EdgeException(
                DiagnosticCodes.InvalidModuleName, same.Last().Name, $"it is '{same.Key}' in code, as '{same.First().Name}' is");
        }
    }
}
