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

    private static HashSet<MethodName> Methods(MetadataReader metadata)
    {
        TypeNames types = new(metadata);
        HashSet<MethodName> methods = new(metadata.GetTableRowCount(TableIndex.MemberRef));
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            if (member.GetKind() == MemberReferenceKind.Method && types.Of(member.Parent) is TypeName type)
            {
                methods.Add(new MethodName(type.Assembly, type.FullName, metadata.GetString(member.Name)));
            }
        }

        return methods;
    }
}
