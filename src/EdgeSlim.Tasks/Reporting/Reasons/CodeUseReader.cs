using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using EdgeSlim.Bases.Needs;
using TypeName = EdgeSlim.Bases.Needs.TypeName;

namespace EdgeSlim.Reporting.Reasons;

/// <summary>Reads from the IL of an assembly which types its types use.</summary>
/// <param name="image">The assembly.</param>
/// <param name="metadata">Its metadata.</param>
internal sealed class CodeUseReader(PEReader image, MetadataReader metadata)
{
    private const string ModulesClass = "EdgeModules";
    private const string Getter = "get_";

    private readonly SignatureTypes _types = new(metadata);

    /// <summary>The full name of the type that the program begins in; null for a library.</summary>
    public string? Entry()
    {
        int token = image.PEHeaders.CorHeader?.EntryPointTokenOrRelativeVirtualAddress ?? 0;
        return token != 0 && MetadataTokens.EntityHandle(token) is { Kind: HandleKind.MethodDefinition } method
            ? _types.NameOf(metadata.GetMethodDefinition((MethodDefinitionHandle)method).GetDeclaringType()).FullName
            : null;
    }

    /// <summary>All that is used, each once.</summary>
    /// <exception cref="BadImageFormatException">A method is damaged.</exception>
    public IReadOnlyList<CodeUse> Read()
    {
        HashSet<CodeUse> uses = [];
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions)
        {
            TypeDefinition type = metadata.GetTypeDefinition(handle);
            string user = _types.NameOf(handle).FullName;
            Add(uses, user, _types.In(type.BaseType), null);
            foreach (InterfaceImplementationHandle implemented in type.GetInterfaceImplementations())
            {
                Add(uses, user, _types.In(metadata.GetInterfaceImplementation(implemented).Interface), null);
            }

            foreach (MethodDefinition method in type.GetMethods().Select(metadata.GetMethodDefinition).Where(m => m.RelativeVirtualAddress != 0))
            {
                ReadBody(uses, user, method);
            }
        }

        return [.. uses];
    }

    private void ReadBody(HashSet<CodeUse> uses, string user, MethodDefinition method)
    {
        List<(string Module, int End)> conditions = [];
        IlWalker walker = new(image.GetMethodBody(method.RelativeVirtualAddress).GetILReader());
        while (walker.MoveNext())
        {
            int offset = walker.Offset;
            EntityHandle called = MetadataTokens.EntityHandle(walker.Method);
            conditions.RemoveAll(c => offset > c.End);
            if (ModuleOf(called) is string module)
            {
                if (walker.TargetWhenFalse is int end && end > offset)
                {
                    conditions.Add((module, end));
                }
            }
            else
            {
                Add(uses, user, _types.In(called), conditions.Count == 0 ? null : conditions[^1].Module);
            }
        }
    }

    private static void Add(HashSet<CodeUse> uses, string user, IReadOnlyList<TypeName> types, string? module)
    {
        foreach (TypeName type in types)
        {
            uses.Add(new CodeUse(user, type.Assembly, type.FullName, module));
        }
    }

    private string? ModuleOf(EntityHandle called)
    {
        if (called.Kind != HandleKind.MethodDefinition)
        {
            return null;
        }

        MethodDefinition method = metadata.GetMethodDefinition((MethodDefinitionHandle)called);
        string name = metadata.GetString(method.Name);
        return name.StartsWith(Getter, StringComparison.Ordinal) && _types.NameOf(method.GetDeclaringType()).FullName == ModulesClass
            ? name[Getter.Length..]
            : null;
    }
}
