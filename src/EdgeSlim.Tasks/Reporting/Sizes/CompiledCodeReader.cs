using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using EdgeSlim.Bases.Needs;
using EdgeSlim.Diagnostics;
using EdgeSlim.Reporting.Reasons;
using TypeName = EdgeSlim.Bases.Needs.TypeName;

namespace EdgeSlim.Reporting.Sizes;

/// <summary>Reads all that a <c>.mstat</c> file says of bytes.</summary>
internal sealed class CompiledCodeReader
{
    private readonly PEReader _image;
    private readonly MetadataReader _metadata;
    private readonly TypeNames _types;
    private readonly Dictionary<string, MethodDefinitionHandle> _lists = [];
    private readonly Dictionary<EntityHandle, TypeName?> _owners = [];
    private readonly SignatureTypes _signatures;
    private readonly Dictionary<string, long> _instances = [];

    private CompiledCodeReader(PEReader image)
    {
        _image = image;
        _metadata = image.GetMetadataReader();
        _types = new TypeNames(_metadata);
        _signatures = new SignatureTypes(_metadata);
        foreach (MethodDefinitionHandle handle in _metadata.MethodDefinitions)
        {
            _lists[_metadata.GetString(_metadata.GetMethodDefinition(handle).Name)] = handle;
        }
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="EdgeException">It is missing, damaged or of another version (EDGE2023).</exception>
    public static CompiledCode Read(string path) => MstatFile.Read(path, image => new CompiledCodeReader(image).Read());

    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">The content.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="EdgeException">It is damaged or of another version (EDGE2023).</exception>
    public static CompiledCode Read(byte[] content, string name) =>
        MstatFile.Read(content, name, image => new CompiledCodeReader(image).Read());

    private CompiledCode Read() => new()
    {
        Methods = Methods(),
        Types = Data("Types", OwnerOfType, areInstances: true),
        Fields = Data("RvaFields", OwnerOfMember),
        Objects = Objects(),
        Resources = Resources(),
        Blobs = Blobs(),
        Instances = _instances,
    };

    private List<CompiledMethod> Methods()
    {
        MstatList list = List(MstatFile.MethodList);
        List<CompiledMethod> methods = [];
        while (list.HasMore)
        {
            EntityHandle instance = list.Token();
            EntityHandle token = instance.Kind == HandleKind.MethodSpecification
                ? _metadata.GetMethodSpecification((MethodSpecificationHandle)instance).Method
                : instance;
            (TypeName? owner, string name) = Member(token);
            CompiledMethod method = new(owner, name, list.Bytes(), list.Bytes(), list.Bytes());
            methods.Add(method);
            AddInstance(instance, owner, method.Code + method.GcInfo + method.EhInfo);
            list.Number();
        }

        return methods;
    }

    private List<CompiledData> Data(string name, Func<EntityHandle, TypeName?> owner, bool areInstances = false)
    {
        MstatList list = List(name);
        List<CompiledData> data = [];
        while (list.HasMore)
        {
            EntityHandle token = list.Token();
            CompiledData one = new(owner(token), list.Bytes());
            data.Add(one);
            if (areInstances)
            {
                AddInstance(token, one.Owner, one.Bytes);
            }

            list.Number();
        }

        return data;
    }

    private List<FrozenObject> Objects()
    {
        MstatList list = List("FrozenObjects");
        List<FrozenObject> objects = [];
        while (list.HasMore)
        {
            TypeName? type = OwnerOfType(list.Token());
            int bytes = list.Bytes();
            list.Number();
            TypeName? owner = null;
            if (list.IsToken)
            {
                owner = OwnerOfType(list.Token());
            }
            else
            {
                list.Number();
            }

            objects.Add(new FrozenObject(type, owner, bytes));
        }

        return objects;
    }

    private List<CompiledResource> Resources()
    {
        MstatList list = List("ManifestResources");
        List<CompiledResource> resources = [];
        while (list.HasMore)
        {
            EntityHandle assembly = MetadataTokens.EntityHandle(list.Number());
            string name = _metadata.GetUserString(list.Text());
            resources.Add(new CompiledResource(
                assembly.Kind == HandleKind.AssemblyReference
                    ? _metadata.GetString(_metadata.GetAssemblyReference((AssemblyReferenceHandle)assembly).Name)
                    : "",
                name,
                list.Bytes()));
        }

        return resources;
    }

    private Dictionary<string, long> Blobs()
    {
        MstatList list = List("Blobs");
        Dictionary<string, long> blobs = [];
        while (list.HasMore)
        {
            string name = _metadata.GetUserString(list.Text());
            blobs[name] = blobs.GetValueOrDefault(name) + list.Bytes();
        }

        return blobs;
    }

    private void AddInstance(EntityHandle instance, TypeName? owner, int bytes)
    {
        foreach (string assembly in _signatures.In(instance).Select(t => t.Assembly).Distinct().Where(a => a != owner?.Assembly))
        {
            _instances[assembly] = _instances.GetValueOrDefault(assembly) + bytes;
        }
    }

    private MstatList List(string name) => _lists.TryGetValue(name, out MethodDefinitionHandle handle)
        ? new MstatList(_image.GetMethodBody(_metadata.GetMethodDefinition(handle).RelativeVirtualAddress).GetILReader())
        : default;

    private (TypeName? Owner, string Name) Member(EntityHandle token)
    {
        if (token.Kind != HandleKind.MemberReference)
        {
            return (null, "");
        }

        MemberReference member = _metadata.GetMemberReference((MemberReferenceHandle)token);
        return (OwnerOfType(member.Parent), _metadata.GetString(member.Name));
    }

    private TypeName? OwnerOfMember(EntityHandle token) => Member(token).Owner;

    private TypeName? OwnerOfType(EntityHandle token)
    {
        if (!_owners.TryGetValue(token, out TypeName? owner))
        {
            owner = token.Kind == HandleKind.TypeSpecification
                ? Element(_metadata.GetBlobReader(_metadata.GetTypeSpecification((TypeSpecificationHandle)token).Signature))
                : _types.Of(token);
            _owners.Add(token, owner);
        }

        return owner;
    }

    // What an array, a pointer or an instance of a generic type is one of (ECMA-335 II.23.2.12).
    private TypeName? Element(BlobReader signature)
    {
        while (signature.RemainingBytes > 0)
        {
            SignatureTypeCode code = (SignatureTypeCode)signature.ReadCompressedInteger();
            switch (code)
            {
                case SignatureTypeCode.SZArray or SignatureTypeCode.Array or SignatureTypeCode.Pointer or SignatureTypeCode.ByReference:
                    continue;
                case SignatureTypeCode.GenericTypeInstance:
                    signature.ReadCompressedInteger();
                    return _types.Of(signature.ReadTypeHandle());
                case (SignatureTypeCode)0x11 or (SignatureTypeCode)0x12:
                    return _types.Of(signature.ReadTypeHandle());
                case >= SignatureTypeCode.Void and <= SignatureTypeCode.String or SignatureTypeCode.IntPtr or SignatureTypeCode.UIntPtr
                    or SignatureTypeCode.Object or SignatureTypeCode.TypedReference:
                    return new TypeName("System.Private.CoreLib", $"System.{code}");
                default:
                    return null;
            }
        }

        return null;
    }
}
