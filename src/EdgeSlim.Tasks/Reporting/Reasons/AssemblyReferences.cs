using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using EdgeSlim.Bases.Needs;

namespace EdgeSlim.Reporting.Reasons;

/// <summary>Which assemblies an assembly refers to, and which of its types do so. Nothing of it is loaded or run.</summary>
internal sealed record AssemblyReferences
{
    /// <summary>The assembly's simple name.</summary>
    public required string Name { get; init; }

    /// <summary>The simple names of the assemblies that it refers to.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>For each of them the types whose methods call it; empty where they were not looked for.</summary>
    public required ILookup<string, string> Users { get; init; }

    /// <summary>Reads an assembly.</summary>
    /// <param name="path">The file.</param>
    /// <param name="withUsers">Whether to look for the types that call another assembly, which takes the IL.</param>
    /// <returns>What it refers to; null where the file is not a sound assembly.</returns>
    public static AssemblyReferences? TryRead(string path, bool withUsers)
    {
        try
        {
            using PEReader image = AssemblyImage.Open(path);
            return image.HasMetadata ? Read(image, withUsers) : null;
        }
        catch (Exception e) when (AssemblyImage.IsDamage(e) || e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static AssemblyReferences Read(PEReader image, bool withUsers)
    {
        MetadataReader metadata = image.GetMetadataReader();
        return new AssemblyReferences
        {
            Name = metadata.GetString(metadata.GetAssemblyDefinition().Name),
            References = [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))],
            Users = (withUsers ? Calls(image, metadata) : []).Distinct().ToLookup(c => c.Assembly, c => c.User),
        };
    }

    private static List<(string Assembly, string User)> Calls(PEReader image, MetadataReader metadata)
    {
        TypeNames types = new(metadata);
        List<(string Assembly, string User)> calls = [];
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            MethodDefinition method = metadata.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0)
            {
                continue;
            }

            string user = User(metadata, method.GetDeclaringType());
            IlWalker walker = new(image.GetMethodBody(method.RelativeVirtualAddress).GetILReader());
            while (walker.MoveNext())
            {
                EntityHandle called = walker.Method;
                if (called.Kind == HandleKind.MethodSpecification)
                {
                    called = metadata.GetMethodSpecification((MethodSpecificationHandle)called).Method;
                }

                if (called.Kind == HandleKind.MemberReference
                    && types.Of(metadata.GetMemberReference((MemberReferenceHandle)called).Parent) is { } type)
                {
                    calls.Add((type.Assembly, user));
                }
            }
        }

        return calls;
    }

    // What the compiler makes of lambdas and async methods is in the type that the user wrote.
    private static string User(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        TypeDefinition type = metadata.GetTypeDefinition(handle);
        for (int depth = 0; depth < TypeNames.MaxDepth && type.GetDeclaringType() is { IsNil: false } outer; depth++)
        {
            type = metadata.GetTypeDefinition(outer);
        }

        return metadata.GetString(type.Name);
    }
}
