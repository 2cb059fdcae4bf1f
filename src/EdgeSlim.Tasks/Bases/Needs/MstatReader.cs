using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Bases.Needs;

/// <summary>
/// Reads which of the methods that are asked for a <c>.mstat</c> file of the AOT compiler names. It names a hundred thousand, and
/// to keep them all would take longer than everything else that a base is chosen by.
/// </summary>
public static class MstatReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="asked">The names of the methods, without types.</param>
    /// <returns>What was compiled.</returns>
    /// <exception cref="EdgeException">It is missing, damaged or of another version (EDGE2023).</exception>
    public static Mstat Read(string path, IReadOnlySet<string> asked) => MstatFile.ReadMetadata(path, metadata => Read(metadata, asked));

    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">The content.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <param name="asked">The names of the methods, without types.</param>
    /// <returns>What was compiled.</returns>
    /// <exception cref="EdgeException">It is damaged or of another version (EDGE2023).</exception>
    public static Mstat Read(byte[] content, string name, IReadOnlySet<string> asked) =>
        MstatFile.Read(content, name, image => Read(image.GetMetadataReader(), asked));

    private static Mstat Read(MetadataReader metadata, IReadOnlySet<string> asked)
    {
        TypeNames types = new(metadata);
        Dictionary<TypeName, HashSet<string>> methods = [];
        Dictionary<int, string?> names = [];
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            int nameAt = MetadataTokens.GetHeapOffset(member.Name);
            if (!names.TryGetValue(nameAt, out string? name))
            {
                name = metadata.GetString(member.Name);
                names.Add(nameAt, name = asked.Contains(name) ? name : null);
            }

            if (name is null || member.GetKind() != MemberReferenceKind.Method || types.Of(member.Parent) is not TypeName type)
            {
                continue;
            }

            if (!methods.TryGetValue(type, out HashSet<string>? ofType))
            {
                methods.Add(type, ofType = []);
            }

            ofType.Add(name);
        }

        return new Mstat(asked, methods);
    }
}
