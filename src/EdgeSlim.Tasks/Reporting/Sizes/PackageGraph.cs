namespace EdgeSlim.Reporting.Sizes;

/// <summary>The packages that a restore chose, and which of them asks for which. Pure.</summary>
public sealed class PackageGraph
{
    private readonly Dictionary<string, GraphPackage> _byAssembly = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, GraphPackage> _byId = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Makes a graph.</summary>
    /// <param name="packages">The packages.</param>
    public PackageGraph(IReadOnlyList<GraphPackage> packages)
    {
        Packages = packages;
        foreach (GraphPackage package in packages)
        {
            _byId.TryAdd(package.Id, package);
            foreach (string file in package.Files)
            {
                _byAssembly.TryAdd(Path.GetFileNameWithoutExtension(file), package);
            }
        }
    }

    /// <summary>No packages.</summary>
    public static PackageGraph Empty { get; } = new([]);

    /// <summary>The packages.</summary>
    public IReadOnlyList<GraphPackage> Packages { get; }

    /// <summary>The package that has an assembly.</summary>
    /// <param name="assembly">Its simple name.</param>
    /// <returns>The package; null where none has it.</returns>
    public GraphPackage? OfAssembly(string assembly) => _byAssembly.GetValueOrDefault(assembly);

    /// <summary>The shortest way from the project to a package.</summary>
    /// <param name="id">The package.</param>
    /// <returns>Ids, the one that the project names first; none where no way leads there.</returns>
    public IReadOnlyList<string> ChainTo(string id)
    {
        Dictionary<string, string?> cameFrom = new(StringComparer.OrdinalIgnoreCase);
        Queue<string> next = new();
        foreach (GraphPackage direct in Packages.Where(p => p.IsDirect))
        {
            cameFrom.TryAdd(direct.Id, null);
            next.Enqueue(direct.Id);
        }

        while (next.TryDequeue(out string? at))
        {
            if (string.Equals(at, id, StringComparison.OrdinalIgnoreCase))
            {
                List<string> chain = [];
                for (string? step = at; step is not null; step = cameFrom[step])
                {
                    chain.Insert(0, step);
                }

                return chain;
            }

            foreach (string dependency in _byId.GetValueOrDefault(at)?.Dependencies ?? [])
            {
                if (cameFrom.TryAdd(dependency, at))
                {
                    next.Enqueue(dependency);
                }
            }
        }

        return [];
    }
}

/// <summary>A package.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="IsDirect">Whether the project names it.</param>
/// <param name="Dependencies">The ids of those that it asks for.</param>
/// <param name="Files">The names of its assemblies and native libraries.</param>
public sealed record GraphPackage(
    string Id, string Version, bool IsDirect, IReadOnlyList<string> Dependencies, IReadOnlyList<string> Files);
