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

    /// <summary>Whether it has no types of its own, and only says where those of its name are.</summary>
    public bool IsFacade { get; init; }

    /// <summary>What its types use; null where that was not looked for.</summary>
    public IReadOnlyList<CodeUse>? Uses { get; init; }

    /// <summary>The full name of the type that the program begins in; null where it is no program.</summary>
    public string? Entry { get; init; }

    /// <summary>The types of this assembly that use another, by their names without a namespace.</summary>
    /// <param name="assembly">The other's simple name.</param>
    /// <returns>The types; none where they were not looked for.</returns>
    public IEnumerable<string> UsersOf(string assembly) =>
        assembly == Name ? [] : (Uses ?? []).Where(u => u.Assembly == assembly).Select(u => u.User[(u.User.LastIndexOf('.') + 1)..]).Distinct();

    /// <summary>Reads an assembly.</summary>
    /// <param name="path">The file.</param>
    /// <param name="withUses">Whether to look for what its types use, which takes the IL.</param>
    /// <returns>What it refers to; null where the file is not a sound assembly.</returns>
    public static AssemblyReferences? TryRead(string path, bool withUses)
    {
        try
        {
            using PEReader image = withUses ? AssemblyImage.Open(path) : AssemblyImage.OpenMetadata(path);
            return image.HasMetadata ? Read(image, withUses) : null;
        }
        catch (Exception e) when (AssemblyImage.IsDamage(e) || e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static AssemblyReferences Read(PEReader image, bool withUses)
    {
        MetadataReader metadata = image.GetMetadataReader();
        CodeUseReader? code = withUses ? new CodeUseReader(image, metadata) : null;
        return new AssemblyReferences
        {
            Name = metadata.GetString(metadata.GetAssemblyDefinition().Name),
            References = [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))],
            // That for what belongs to no type is in each.
            IsFacade = metadata.TypeDefinitions.Count <= 1,
            Uses = code?.Read(),
            Entry = code?.Entry(),
        };
    }
}
