using EdgeSlim.Bases.Needs;

namespace EdgeSlim.Reporting.Sizes;

/// <summary>
/// Divides what managed code takes of an executable among assemblies, namespaces, types and methods. What is not known is
/// called so, and the parts add up to the whole. Pure.
/// </summary>
/// <param name="code">What the compiler says.</param>
/// <param name="origins">Whose the assemblies are.</param>
/// <param name="root">The tree of the executable.</param>
internal sealed class ManagedSizes(CompiledCode code, AssemblyOrigins origins, SizeBranch root)
{
    /// <summary>What the types of no namespace are under.</summary>
    public const string NoNamespace = "(no namespace)";

    private const string CodeSection = "__managedcode";
    private const string GcSection = ".dotnet_eh_table";
    private const string UnwindSection = ".eh_frame";

    private readonly Dictionary<TypeName, SizeBranch> _types = [];
    private readonly Dictionary<string, SizeBranch> _assemblies = [];

    private SizeBranch Shared => root.Part("Shared by managed code", SizeKinds.Shared);

    /// <summary>Divides it.</summary>
    /// <param name="sections">The bytes of the compiler's object file in each section of the executable.</param>
    public void Add(IReadOnlyDictionary<string, long> sections)
    {
        SizeBranch[] methods = [.. code.Methods.Select(m => Method(m.Owner, m.Name))];
        Exact(sections.GetValueOrDefault(CodeSection), methods, [.. code.Methods.Select(m => (long)m.Code)], "Alignment of methods", SizeKinds.Padding);
        Exact(sections.GetValueOrDefault(GcSection), methods, [.. code.Methods.Select(m => (long)m.GcInfo)], "Tables for the garbage collector", SizeKinds.Data);

        // Nothing says whose each entry is; a longer method has more of them.
        Divide(sections.GetValueOrDefault(UnwindSection), methods, [.. code.Methods.Select(m => (long)m.Code)], isShare: true);

        long rest = sections.Where(s => s.Key is not (CodeSection or GcSection or UnwindSection)).Sum(s => s.Value);
        List<(SizeBranch Branch, long Bytes, bool IsShare)> claims = [.. Claims(methods)];
        Exact(rest, [.. claims.Select(c => c.Branch)], [.. claims.Select(c => c.Bytes)], "Unattributed managed data", SizeKinds.Unknown, [.. claims.Select(c => c.IsShare)]);
    }

    private IEnumerable<(SizeBranch Branch, long Bytes, bool IsShare)> Claims(SizeBranch[] methods)
    {
        for (int i = 0; i < methods.Length; i++)
        {
            if (code.Methods[i].EhInfo > 0)
            {
                yield return (methods[i], code.Methods[i].EhInfo, false);
            }
        }

        foreach (CompiledData field in code.Fields)
        {
            yield return (Data(field.Owner, "constant data"), field.Bytes, false);
        }

        foreach (CompiledResource resource in code.Resources)
        {
            yield return (Assembly(resource.Assembly).Part("resources", SizeKinds.Data).Part(resource.Name, SizeKinds.Data), resource.Bytes, false);
        }

        // What is unpacked at start is packed as a whole: of the packed bytes each part gets its share.
        (SizeBranch Branch, long Bytes)[] packed = [.. Packed()];
        bool isPacked = code.Blobs.TryGetValue(BlobNames.Packed, out long packedBytes);
        long[] shares = isPacked
            ? Apportionment.Divide(packedBytes, [.. packed.Select(p => p.Bytes)])
            : [.. packed.Select(p => p.Bytes)];
        for (int i = 0; i < packed.Length; i++)
        {
            yield return (packed[i].Branch, shares[i], isPacked);
        }

        foreach ((string blob, long bytes) in code.Blobs.Where(b => BlobNames.IsCounted(b.Key) && !BlobNames.IsPacked(b.Key)))
        {
            yield return (Shared.Part(BlobNames.Describe(blob), SizeKinds.Data).Part(blob, SizeKinds.Data), bytes, false);
        }
    }

    private IEnumerable<(SizeBranch Branch, long Bytes)> Packed()
    {
        foreach (CompiledData type in code.Types)
        {
            yield return (Data(type.Owner, "type description"), type.Bytes);
        }

        foreach (FrozenObject made in code.Objects)
        {
            yield return (made.Owner is not null ? Data(made.Owner, "objects made while compiling")
                : made.Type?.FullName == "System.String" ? Shared.Part(BlobNames.Texts, SizeKinds.Data)
                : Data(made.Type, "objects made while compiling"), made.Bytes);
        }

        foreach ((string blob, long bytes) in code.Blobs.Where(b => BlobNames.IsPacked(b.Key)))
        {
            yield return (Shared.Part(BlobNames.Describe(blob), SizeKinds.Data).Part(blob, SizeKinds.Data), bytes);
        }
    }

    // Where more is claimed than there is, as the linker writes equal things once, each gets its share.
    private void Exact(long total, SizeBranch[] branches, long[] bytes, string rest, string kind, bool[]? shares = null)
    {
        long claimed = bytes.Sum();
        if (claimed > total)
        {
            Divide(total, branches, bytes, isShare: false, shares);
            return;
        }

        for (int i = 0; i < branches.Length; i++)
        {
            branches[i].Add(bytes[i], shares?[i] ?? false);
        }

        if (total > claimed)
        {
            Shared.Part(rest, kind).Add(total - claimed);
        }
    }

    private void Divide(long total, SizeBranch[] branches, long[] weights, bool isShare, bool[]? shares = null)
    {
        long[] parts = Apportionment.Divide(total, weights);
        for (int i = 0; i < parts.Length; i++)
        {
            branches[i].Add(parts[i], isShare || (shares?[i] ?? false));
        }

        if (total > 0 && parts.Sum() == 0)
        {
            Shared.Part("Unattributed managed data", SizeKinds.Unknown).Add(total);
        }
    }

    private SizeBranch Method(TypeName? owner, string name) =>
        owner is null ? Shared.Part("Other code", SizeKinds.Data) : Type(owner).Part(name, SizeKinds.Method);

    private SizeBranch Data(TypeName? owner, string what) =>
        owner is null ? Shared.Part("Other types", SizeKinds.Data) : Type(owner).Part(what, SizeKinds.Data);

    private SizeBranch Type(TypeName type)
    {
        if (!_types.TryGetValue(type, out SizeBranch? branch))
        {
            int end = type.FullName.IndexOf('/', StringComparison.Ordinal);
            int dot = type.FullName.LastIndexOf('.', (end < 0 ? type.FullName.Length : end) - 1);
            branch = Assembly(type.Assembly)
                .Part(dot > 0 ? type.FullName[..dot] : NoNamespace, SizeKinds.Space)
                .Part(dot > 0 ? type.FullName[(dot + 1)..] : type.FullName, SizeKinds.Type);
            _types.Add(type, branch);
        }

        return branch;
    }

    private SizeBranch Assembly(string name)
    {
        if (!_assemblies.TryGetValue(name, out SizeBranch? branch))
        {
            branch = origins.In(root, name);
            _assemblies.Add(name, branch);
        }

        return branch;
    }
}
