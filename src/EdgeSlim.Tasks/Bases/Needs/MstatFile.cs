using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Bases.Needs;

/// <summary>
/// The <c>.mstat</c> file of the AOT compiler: an assembly that is never run. Its references name what was compiled, and
/// the bodies of its global methods are lists of tokens and numbers that say how large it is.
/// </summary>
internal static class MstatFile
{
    /// <summary>The list of the compiled methods.</summary>
    public const string MethodList = "Methods";

    private const int Major = 2;
    private const int Minor = 2;

    /// <summary>Reads a file.</summary>
    /// <exception cref="EdgeException">It is missing, damaged or of another version (EDGE2023).</exception>
    public static T Read<T>(string path, Func<PEReader, T> read) => Read(() => AssemblyImage.Open(path), path, read);

    /// <summary>Reads the references of a file alone: a tenth of it.</summary>
    /// <exception cref="EdgeException">It is missing, damaged or of another version (EDGE2023).</exception>
    public static T ReadMetadata<T>(string path, Func<MetadataReader, T> read) =>
        Read(() => AssemblyImage.OpenMetadata(path), path, image => read(image.GetMetadataReader()));

    /// <summary>Reads the content of a file.</summary>
    /// <exception cref="EdgeException">It is damaged or of another version (EDGE2023).</exception>
    public static T Read<T>(byte[] content, string name, Func<PEReader, T> read) =>
        Read(() => AssemblyImage.Of(content), name, read);

    private static T Read<T>(Func<PEReader> open, string name, Func<PEReader, T> read)
    {
        try
        {
            using PEReader image = open();
            if (!image.HasMetadata)
            {
                throw Unreadable(name, "it has no metadata");
            }

            MetadataReader metadata = image.GetMetadataReader();
            RequireKnown(metadata, name);
            return read(image);
        }
        catch (Exception e) when (AssemblyImage.IsDamage(e) || e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.MstatUnreadable, name, e.Message);
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

    private static EdgeException Unreadable(string name, string reason) =>
        new(DiagnosticCodes.MstatUnreadable, name, reason);
}
