using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Bases.Needs;

/// <summary>Reads which methods a <c>.mstat</c> file of the AOT compiler names.</summary>
public static class MstatReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What was compiled.</returns>
    /// <exception cref="EdgeException">It is missing, damaged or of another version (EDGE2023).</exception>
    public static Mstat Read(string path) => MstatFile.Read(path, image => new Mstat(Methods(image.GetMetadataReader())));

    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">The content.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <returns>What was compiled.</returns>
    /// <exception cref="EdgeException">It is damaged or of another version (EDGE2023).</exception>
    public static Mstat Read(byte[] content, string name) =>
        MstatFile.Read(content, name, image => new Mstat(Methods(image.GetMetadataReader())));

    // There are a hundred thousand methods, of ten thousand types and with ten thousand names, each of which is read once.
    private static Dictionary<TypeName, HashSet<string>> Methods(MetadataReader metadata)
    {
        TypeNames types = new(metadata);
        Dictionary<TypeName, HashSet<string>> methods = [];
        Dictionary<int, HashSet<string>?> known = [];
        Dictionary<int, string> names = [];
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            if (member.GetKind() != MemberReferenceKind.Method)
            {
                continue;
            }

            int parent = MetadataTokens.GetToken(member.Parent);
            if (!known.TryGetValue(parent, out HashSet<string>? ofType))
            {
                if (types.Of(member.Parent) is TypeName type && !methods.TryGetValue(type, out ofType))
                {
                    methods.Add(type, ofType = new HashSet<string>(StringComparer.Ordinal));
                }

                known.Add(parent, ofType);
            }

            int nameAt = MetadataTokens.GetHeapOffset(member.Name);
            if (!names.TryGetValue(nameAt, out string? name))
            {
                names.Add(nameAt, name = metadata.GetString(member.Name));
            }

            ofType?.Add(name);
        }

        return methods;
    }
}
