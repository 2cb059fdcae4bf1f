namespace EdgeSlim.Reporting.Sizes;

/// <summary>Whose an assembly is: the project's, a package's or .NET's. Pure.</summary>
/// <param name="own">The simple names of the project's assemblies.</param>
/// <param name="packages">The packages.</param>
internal sealed class AssemblyOrigins(IEnumerable<string> own, PackageGraph packages)
{
    private readonly HashSet<string> _own = new(own, StringComparer.OrdinalIgnoreCase);

    /// <summary>The part of a tree that stands for an assembly.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="assembly">Its simple name.</param>
    public SizeBranch In(SizeBranch root, string assembly)
    {
        if (_own.Contains(assembly))
        {
            return root.Part("Your code", SizeKinds.Own).Part(assembly, SizeKinds.Assembly);
        }

        if (packages.OfAssembly(assembly) is GraphPackage package)
        {
            SizeBranch branch = root.Part("Packages", SizeKinds.Package).Part(package.Id, SizeKinds.Package);
            branch.Detail = package.Version;
            return branch.Part(assembly, SizeKinds.Assembly);
        }

        return root.Part(".NET libraries", SizeKinds.Framework).Part(assembly, SizeKinds.Assembly);
    }
}
