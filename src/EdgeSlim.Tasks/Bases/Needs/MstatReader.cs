using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Bases.Needs;

/// <summary>
/// Reads the <c>.mstat</c> file of the AOT compiler: an assembly that is never run, whose references name what was
/// compiled.
/// </summary>
public static class MstatReader
{
    private const int Major = 2;
    private const int Minor = 2;

    // The method whose body lists the compiled methods and their sizes.
    private const string MethodList = "Methods";

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What was compiled.</returns>
    /// <exception cref="EdgeException">It is missing, damaged or of another version (EDGE2023).</exception>
    public static Mstat Read(string path)
    {
        try
        {
            return Read(AssemblyImage.Open(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.MstatUnreadable, path, e.Message);
        }
    }

    /// <summary>Reads the content of a file.</summary>
    /// <param name="content">The content.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <returns>What was compiled.</returns>
    /// <exception cref="EdgeException">It is damaged or of another version (EDGE2023).</exception>
    public static Mstat Read(byte[] content, string name) => Read(AssemblyImage.Of(content), name);

    private static Mstat Read(PEReader image, string name)
    {
        using (image)
        {
            try
            {
                if (!image.HasMetadata)
                {
                    throw Unreadable(name, "it has no metadata");
                }

                MetadataReader metadata = image.GetMetadataReader();
                RequireKnown(metadata, name);
                return new Mstat(Methods(metadata));
            }
            catch (Exception e) when (AssemblyImage.IsDamage(e))
            {
                throw new EdgeException(e, DiagnosticCodes.MstatUnreadable, name, e.Message);
            }
        }
    }

    private static void RequireKnown(MetadataReader metadata, string name)
    {
        Version version = metadata.GetAssemblyDefinition().Version;
        if (version.Major != Major || version.Minor != Minor)
        {
            throw Unreadable(name, $"its version is {version.Major}.{version.Minor}, and {Major}.{Minor} is known");
        }

        if (!metadata.MethodDefinitions.Any(m => metadata.StringComparer.Equals(metadata.GetMethodDefinition(m).Name, MethodList)))
        {
            throw Unreadable(name, "it does not list methods");
        }
    }

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

    private static EdgeException Unreadable(string name, string reason) =>
        new(DiagnosticCodes.MstatUnreadable, name, reason);
}
