using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace EdgeSlim.Bases.Needs;

/// <summary>Opens managed assemblies for reading only: nothing of them is loaded or run.</summary>
internal static class AssemblyImage
{
    /// <summary>Opens a file, and reads it at once: one that is mapped and cut short by another build would end this one.</summary>
    public static PEReader Open(string path) => new(File.OpenRead(path), PEStreamOptions.PrefetchEntireImage);

    /// <summary>Opens a file whose metadata alone are asked for, and reads nothing else of it.</summary>
    public static PEReader OpenMetadata(string path) => new(File.OpenRead(path), PEStreamOptions.PrefetchMetadata);

    public static PEReader Of(byte[] content) => new(ImmutableCollectionsMarshal.AsImmutableArray(content));

    /// <summary>Whether an exception of System.Reflection.Metadata says that the file is damaged.</summary>
    public static bool IsDamage(Exception exception) =>
        exception is BadImageFormatException or OverflowException or ArgumentException or InvalidOperationException
            or IndexOutOfRangeException or InvalidCastException;
}
