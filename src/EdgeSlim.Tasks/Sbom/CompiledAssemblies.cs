using EdgeSlim.Bases.Needs;

namespace EdgeSlim.Sbom;

/// <summary>Reads from the AOT compiler's account of which assemblies something was compiled.</summary>
public static class CompiledAssemblies
{
    /// <summary>Reads it.</summary>
    /// <param name="path">The <c>.mstat</c> file.</param>
    /// <returns>The simple names of the assemblies.</returns>
    /// <exception cref="Diagnostics.EdgeException">It is missing, damaged or of another version (EDGE2023).</exception>
    public static IReadOnlySet<string> Read(string path) => MstatFile.ReadMetadata(
        path,
        metadata => metadata.AssemblyReferences
            .Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))
            .ToHashSet(StringComparer.OrdinalIgnoreCase));
}
