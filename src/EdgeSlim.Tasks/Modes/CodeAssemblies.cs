using System.Reflection.Metadata;

namespace EdgeSlim.Modes;

/// <summary>The assemblies of an application: its own, and those it refers to, which are opened when something of them is asked for.</summary>
internal sealed class CodeAssemblies : IDisposable
{
    // A facade may forward to a facade; a damaged one to itself.
    private const int MaxForwards = 8;
    private const int MaxBases = 64;

    private static readonly string[] Cores = ["System.Runtime", "System.Private.CoreLib", "netstandard", "mscorlib"];

    private readonly Dictionary<string, string> _paths = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, CodeAssembly?> _opened = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, CodeType?> _types = new(StringComparer.Ordinal);

    private CodeAssemblies(IReadOnlyList<CodeAssembly> own, CodeAssembly? entry) => (Own, Entry) = (own, entry);

    /// <summary>The application's own, as far as they can be read.</summary>
    public IReadOnlyList<CodeAssembly> Own { get; }

    /// <summary>The one that has the program's start; null where it cannot be read.</summary>
    public CodeAssembly? Entry { get; }

    public static CodeAssemblies Open(IReadOnlyList<string> ownPaths, IReadOnlyList<string> references)
    {
        CodeAssembly?[] own = [.. ownPaths.Select(p => CodeAssembly.TryOpen(p, isOwn: true))];
        CodeAssemblies all = new([.. own.OfType<CodeAssembly>()], own.FirstOrDefault());
        foreach (CodeAssembly assembly in all.Own)
        {
            all._opened.TryAdd(assembly.Name, assembly);
        }

        foreach (string path in references)
        {
            all._paths.TryAdd(Path.GetFileNameWithoutExtension(path), path);
        }

        return all;
    }

    /// <summary>The definition of a type, wherever references forward to; null where it is in none of the assemblies.</summary>
    public CodeType? Find(ClrType type)
    {
        if (type.Kind != ClrTypeKind.Named)
        {
            return null;
        }

        string key = $"{type.Assembly}|{type.Name}";
        if (!_types.TryGetValue(key, out CodeType? found))
        {
            found = type.Assembly.Length == 0
                ? Cores.Select(c => Find(c, type.Name)).FirstOrDefault(t => t is not null)
                : Find(type.Assembly, type.Name);
            _types.Add(key, found);
        }

        return found;
    }

    /// <summary>A type and those that it derives from, as far as they can be found.</summary>
    public IEnumerable<CodeType> WithBases(CodeType type)
    {
        CodeType? next = type;
        for (int i = 0; next is not null && i < MaxBases; i++)
        {
            yield return next;
            next = BaseOf(next) is ClrType parent ? Find(parent) : null;
        }
    }

    /// <summary>Whether a type derives from one of the given name, as far as its bases can be found.</summary>
    public bool DerivesFrom(CodeType type, string name) => WithBases(type).Any(t => BaseOf(t)?.Name == name);

    public void Dispose()
    {
        foreach (CodeAssembly? assembly in _opened.Values.Concat(Own).Distinct())
        {
            assembly?.Dispose();
        }
    }

    private static ClrType? BaseOf(CodeType type) =>
        type.Definition.BaseType is { IsNil: false } parent ? type.Assembly.Types.Of(parent) : null;

    private CodeType? Find(string assemblyName, string name)
    {
        string outermost = name.Split('/', 2)[0];
        string? next = assemblyName;
        for (int i = 0; next is not null && i < MaxForwards && Open(next) is CodeAssembly assembly; i++)
        {
            if (assembly.Find(name) is TypeDefinitionHandle type)
            {
                return new CodeType(assembly, type);
            }

            next = assembly.Forward(outermost);
        }

        return null;
    }

    private CodeAssembly? Open(string name)
    {
        if (!_opened.TryGetValue(name, out CodeAssembly? assembly))
        {
            assembly = _paths.TryGetValue(name, out string? path) ? CodeAssembly.TryOpen(path, isOwn: false) : null;
            _opened.Add(name, assembly);
        }

        return assembly;
    }
}
