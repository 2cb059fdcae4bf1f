using System.Reflection;
using System.Reflection.Metadata;
using EdgeSlim.Bases.Needs;

namespace EdgeSlim.Modes;

/// <summary>
/// Finds the application's own methods that may run: all of the program itself, and those of its libraries that are called,
/// or that belong to what is used. It finds too many rather than too few.
/// </summary>
/// <param name="assemblies">The assemblies.</param>
/// <param name="members">Finds what is called.</param>
internal sealed class Reachability(CodeAssemblies assemblies, MemberResolver members)
{
    private readonly HashSet<CodeMethod> _methods = [];
    private readonly HashSet<CodeType> _mentioned = [];
    private readonly HashSet<CodeType> _whole = [];
    private readonly Queue<CodeMethod> _queue = [];

    /// <summary>The methods, in the order of their assemblies.</summary>
    public IReadOnlyList<CodeMethod> Methods(CancellationToken cancellation)
    {
        foreach (CodeAssembly assembly in assemblies.Own.Where(a => a == assemblies.Entry))
        {
            foreach (MethodDefinitionHandle method in assembly.Metadata.MethodDefinitions)
            {
                Reach(new CodeMethod(assembly, method));
            }
        }

        while (_queue.TryDequeue(out CodeMethod? method))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                Follow(method);
            }
            catch (Exception e) when (AssemblyImage.IsDamage(e))
            {
                // What can be read of a damaged method has been read.
            }
        }

        return [.. assemblies.Own.SelectMany(a => a.Metadata.MethodDefinitions.Select(m => new CodeMethod(a, m))).Where(_methods.Contains)];
    }

    private void Reach(CodeMethod method)
    {
        if (method.Assembly.IsOwn && _methods.Add(method))
        {
            _queue.Enqueue(method);
        }
    }

    private void Follow(CodeMethod method)
    {
        CodeAssembly assembly = method.Assembly;
        Mention(assembly.Types.Of(method.DeclaringType.Handle));
        MethodSignature<ClrType> signature = assembly.Types.SignatureOf(method.Definition);
        foreach (ClrType type in signature.ParameterTypes.Prepend(signature.ReturnType))
        {
            Mention(type);
        }

        if (assembly.Body(method.Handle) is not MethodBodyBlock block)
        {
            return;
        }

        foreach (IlInstruction instruction in new IlBody(block).Instructions)
        {
            switch (instruction.Code)
            {
                case ILOpCode.Call or ILOpCode.Callvirt or ILOpCode.Newobj or ILOpCode.Ldftn or ILOpCode.Ldvirtftn or ILOpCode.Jmp:
                    Use(assembly, instruction.Token);
                    break;
                case ILOpCode.Ldtoken when instruction.Token.Kind is HandleKind.MethodDefinition or HandleKind.MethodSpecification
                    || (instruction.Token.Kind == HandleKind.MemberReference && members.Field(assembly, instruction.Token) is null):
                    Use(assembly, instruction.Token);
                    break;
                case ILOpCode.Ldtoken when instruction.Token.Kind is HandleKind.TypeDefinition or HandleKind.TypeReference or HandleKind.TypeSpecification:
                    TakeWhole(assembly.Types.Of(instruction.Token));
                    break;
                case ILOpCode.Ldsfld or ILOpCode.Ldsflda or ILOpCode.Ldfld or ILOpCode.Stsfld:
                    if (members.Field(assembly, instruction.Token) is FieldTarget field)
                    {
                        Mention(field.DeclaringType);
                        Mention(field.Type);
                    }

                    break;
                case ILOpCode.Castclass or ILOpCode.Isinst or ILOpCode.Box or ILOpCode.Unbox_any or ILOpCode.Newarr or ILOpCode.Initobj:
                    Mention(assembly.Types.Of(instruction.Token));
                    break;
            }
        }
    }

    private void Use(CodeAssembly assembly, EntityHandle token)
    {
        if (members.Method(assembly, token) is not CallTarget target)
        {
            return;
        }

        if (target.Definition is CodeMethod method)
        {
            Reach(method);
        }

        Mention(target.DeclaringType);
        foreach (ClrType argument in target.Arguments)
        {
            TakeWhole(argument);
        }
    }

    // What stands in a generic type is made by it, or looked at.
    private void Mention(ClrType type)
    {
        if (type.Kind == ClrTypeKind.Array)
        {
            Mention(type.Arguments[0]);
            return;
        }

        foreach (ClrType argument in type.Arguments)
        {
            TakeWhole(argument);
        }

        if (Own(type) is CodeType own && _mentioned.Add(own))
        {
            Take(own, m => m.Attributes.HasFlag(MethodAttributes.Virtual)
                || m.Attributes.HasFlag(MethodAttributes.RTSpecialName | MethodAttributes.SpecialName));
        }
    }

    private void TakeWhole(ClrType type)
    {
        foreach (ClrType part in type.Parts())
        {
            if (Own(part) is CodeType own && _whole.Add(own))
            {
                _mentioned.Add(own);
                Take(own, _ => true);
            }
        }
    }

    // No assembly but the application's own can have one of its types.
    private CodeType? Own(ClrType type) =>
        assemblies.Own.Any(a => a.Name == type.Assembly) && assemblies.Find(type) is CodeType { Assembly.IsOwn: true } own ? own : null;

    private void Take(CodeType type, Func<MethodDefinition, bool> isTaken)
    {
        foreach (MethodDefinitionHandle method in type.Definition.GetMethods())
        {
            if (isTaken(type.Assembly.Metadata.GetMethodDefinition(method)))
            {
                Reach(new CodeMethod(type.Assembly, method));
            }
        }

        if (type.Definition.BaseType is { IsNil: false } parent)
        {
            Mention(type.Assembly.Types.Of(parent));
        }
    }
}
