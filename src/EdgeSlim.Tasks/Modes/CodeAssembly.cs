using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using EdgeSlim.Bases.Needs;

namespace EdgeSlim.Modes;

/// <summary>An assembly that is read, and never loaded or run.</summary>
internal sealed class CodeAssembly : IDisposable
{
    private readonly PEReader _image;
    private readonly Lazy<Dictionary<string, TypeDefinitionHandle>> _definitions;
    private readonly Lazy<Dictionary<string, string>> _forwards;
    private readonly Lazy<SourceLines> _lines;

    private CodeAssembly(PEReader image, string path, bool isOwn)
    {
        _image = image;
        IsOwn = isOwn;
        Metadata = image.GetMetadataReader();
        Name = Metadata.GetString(Metadata.GetAssemblyDefinition().Name);
        Types = new ClrTypeReader(Metadata, Name);
        _definitions = new(Definitions);
        _forwards = new(Forwards);
        _lines = new(() => new SourceLines(image, path));
    }

    public string Name { get; }

    /// <summary>Whether it is the application's.</summary>
    public bool IsOwn { get; }

    public MetadataReader Metadata { get; }

    public ClrTypeReader Types { get; }

    public SourceLines Lines => _lines.Value;

    /// <summary>Opens an assembly; of one that is not the application's, nothing but the metadata are read.</summary>
    /// <returns>The assembly; null where the file is none, or cannot be read.</returns>
    public static CodeAssembly? TryOpen(string path, bool isOwn)
    {
        PEReader? image = null;
        try
        {
            image = isOwn ? AssemblyImage.Open(path) : AssemblyImage.OpenMetadata(path);
            if (image.HasMetadata)
            {
                return new CodeAssembly(image, path, isOwn);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException || AssemblyImage.IsDamage(e))
        {
            // What cannot be read says nothing.
        }

        image?.Dispose();
        return null;
    }

    public TypeDefinitionHandle? Find(string name) => _definitions.Value.TryGetValue(name, out TypeDefinitionHandle type) ? type : null;

    /// <summary>The assembly that it says a type is in.</summary>
    public string? Forward(string name) => _forwards.Value.GetValueOrDefault(name);

    public MethodBodyBlock? Body(MethodDefinitionHandle method) =>
        Metadata.GetMethodDefinition(method).RelativeVirtualAddress is var address and not 0 ? _image.GetMethodBody(address) : null;

    public void Dispose()
    {
        if (_lines.IsValueCreated)
        {
            _lines.Value.Dispose();
        }

        _image.Dispose();
    }

    private Dictionary<string, TypeDefinitionHandle> Definitions()
    {
        Dictionary<string, TypeDefinitionHandle> definitions = new(StringComparer.Ordinal);
        foreach (TypeDefinitionHandle type in Metadata.TypeDefinitions)
        {
            definitions.TryAdd(Types.NameOf(type), type);
        }

        return definitions;
    }

    private Dictionary<string, string> Forwards()
    {
        Dictionary<string, string> forwards = new(StringComparer.Ordinal);
        foreach (ExportedTypeHandle handle in Metadata.ExportedTypes)
        {
            ExportedType type = Metadata.GetExportedType(handle);
            if (type.Implementation.Kind == HandleKind.AssemblyReference)
            {
                string space = Metadata.GetString(type.Namespace);
                string name = Metadata.GetString(type.Name);
                AssemblyReference target = Metadata.GetAssemblyReference((AssemblyReferenceHandle)type.Implementation);
                forwards.TryAdd(space.Length == 0 ? name : $"{space}.{name}", Metadata.GetString(target.Name));
            }
        }

        return forwards;
    }
}

/// <summary>A type that an assembly defines.</summary>
internal sealed record CodeType(CodeAssembly Assembly, TypeDefinitionHandle Handle)
{
    public string Name => Assembly.Types.NameOf(Handle);

    public TypeDefinition Definition => Assembly.Metadata.GetTypeDefinition(Handle);
}

/// <summary>A method that an assembly defines.</summary>
internal sealed record CodeMethod(CodeAssembly Assembly, MethodDefinitionHandle Handle)
{
    public string Name => Assembly.Metadata.GetString(Definition.Name);

    public MethodDefinition Definition => Assembly.Metadata.GetMethodDefinition(Handle);

    public CodeType DeclaringType => new(Assembly, Definition.GetDeclaringType());
}
