using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace EdgeSlim.Bases.Needs;

/// <summary>Finds what an assembly uses in its metadata and IL. Nothing of it is loaded or run.</summary>
public sealed class AssemblyScanner
{
    private static readonly HashSet<string> ShellNames =
        ["/bin/sh", "/bin/bash", "/usr/bin/sh", "/usr/bin/bash", "/usr/bin/env", "sh", "bash"];

    private readonly PEReader _image;
    private readonly MetadataReader _metadata;
    private readonly TypeNames _types;
    private readonly ParameterNames _parameters;
    private readonly string _name;

    private AssemblyScanner(PEReader image)
    {
        _image = image;
        _metadata = image.GetMetadataReader();
        _types = new TypeNames(_metadata);
        _parameters = new ParameterNames(_types);
        _name = _metadata.GetString(_metadata.GetAssemblyDefinition().Name);
    }

    /// <summary>Scans an assembly.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isOwn">Whether it is the application's own.</param>
    /// <returns>What it uses; null where the file is not a sound assembly.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static AssemblyUses? TryScan(string path, bool isOwn) => TryScan(File.ReadAllBytes(path), isOwn);

    /// <summary>Scans the content of an assembly.</summary>
    /// <param name="content">The content.</param>
    /// <param name="isOwn">Whether it is the application's own.</param>
    /// <returns>What it uses; null where it is not a sound assembly.</returns>
    public static AssemblyUses? TryScan(byte[] content, bool isOwn)
    {
        try
        {
            using PEReader image = AssemblyImage.Of(content);
            return image.HasMetadata ? new AssemblyScanner(image).Scan(isOwn) : null;
        }
        catch (Exception e) when (AssemblyImage.IsDamage(e))
        {
            return null;
        }
    }

    private AssemblyUses Scan(bool isOwn)
    {
        Dictionary<int, Target> targets = Targets();
        List<MemberUse> members = [];
        List<NativeImport> imports = [];
        foreach (MethodDefinitionHandle handle in _metadata.MethodDefinitions)
        {
            MethodDefinition method = _metadata.GetMethodDefinition(handle);
            if (method.Attributes.HasFlag(MethodAttributes.PinvokeImpl))
            {
                ModuleReferenceHandle library = method.GetImport().Module;
                imports.Add(new NativeImport(
                    _metadata.GetString(_metadata.GetModuleReference(library).Name), NameOf(method)));
            }
            else if (targets.Count > 0 && method.RelativeVirtualAddress != 0)
            {
                AddCalls(method, targets, members);
            }
        }

        return new AssemblyUses
        {
            Name = _name,
            IsOwn = isOwn,
            Members = [.. members.Distinct()],
            Imports = imports,
            Shells = Shells(),
        };
    }

    private Dictionary<int, Target> Targets()
    {
        Dictionary<int, Target> targets = [];
        foreach (MemberReferenceHandle handle in _metadata.MemberReferences)
        {
            MemberReference member = _metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference
                || member.GetKind() != MemberReferenceKind.Method
                || _types.Of(member.Parent) is not TypeName type)
            {
                continue;
            }

            string name = _metadata.GetString(member.Name);
            IReadOnlyList<string>? parameters = null;
            IReadOnlyList<string> Parameters() =>
                parameters ??= member.DecodeMethodSignature(_parameters, null).ParameterTypes;
            if (MemberRules.Classify(type.FullName, name, Parameters) is UseKind kind)
            {
                targets.Add(MetadataTokens.GetToken(handle), new Target(kind, type.FullName, name, Parameters()));
            }
        }

        return targets;
    }

    private void AddCalls(MethodDefinition method, Dictionary<int, Target> targets, List<MemberUse> members)
    {
        IlWalker calls = new(_image.GetMethodBody(method.RelativeVirtualAddress).GetILReader());
        while (calls.MoveNext())
        {
            if (targets.TryGetValue(calls.Method, out Target? target))
            {
                string? text = calls.Text is UserStringHandle constant ? _metadata.GetUserString(constant) : null;
                string? shell = target.Kind == UseKind.Shell ? Shell(calls.Texts) : null;
                if (CallRules.Describe(target, text, calls.Constant, shell) is string description)
                {
                    members.Add(new MemberUse(target.Kind, description, NameOf(method)));
                }
            }
        }
    }

    private string? Shell(IEnumerable<UserStringHandle> texts) =>
        texts.Select(t => _metadata.GetUserString(t)).FirstOrDefault(ShellNames.Contains);

    private MethodName NameOf(MethodDefinition method) => new(
        _name,
        NameOf(_metadata.GetTypeDefinition(method.GetDeclaringType()), TypeNames.MaxDepth),
        _metadata.GetString(method.Name));

    private string NameOf(TypeDefinition type, int depth)
    {
        string name = _metadata.GetString(type.Name);
        if (depth > 0 && type.GetDeclaringType() is { IsNil: false } outer)
        {
            return $"{NameOf(_metadata.GetTypeDefinition(outer), depth - 1)}/{name}";
        }

        string space = _metadata.GetString(type.Namespace);
        return space.Length == 0 ? name : $"{space}.{name}";
    }

    private List<string> Shells()
    {
        List<string> shells = [];
        if (_metadata.GetHeapSize(HeapIndex.UserString) == 0)
        {
            return shells;
        }

        UserStringHandle handle = MetadataTokens.UserStringHandle(1);
        do
        {
            string text = _metadata.GetUserString(handle);
            if (ShellNames.Contains(text))
            {
                shells.Add(text);
            }

            handle = _metadata.GetNextHandle(handle);
        }
        while (!handle.IsNil);
        return shells;
    }

    /// <summary>A method of the framework that says something about needs.</summary>
    internal sealed record Target(UseKind Kind, string Type, string Method, IReadOnlyList<string> Parameters);
}
