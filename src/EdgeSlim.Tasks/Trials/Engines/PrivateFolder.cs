using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace EdgeSlim.Trials.Engines;

/// <summary>Tells folders that only this user can change from those that others made, or can enter.</summary>
internal static class PrivateFolder
{
    // linux/stat.h and linux/fcntl.h. The structure is the same on all processors.
    private const int CurrentFolder = -100;
    private const int DoNotFollow = 0x100;
    private const uint BasicFields = 0x7ff;
    private const int StructureSize = 256;
    private const int UserIdOffset = 20;
    private const int ModeOffset = 28;
    private const int KindMask = 0xf000;
    private const int Folder = 0x4000;

    // What others may do, and the group: it may pass through, which root of a user namespace needs.
    private const int NotPrivate = 0b000_110_111;

    /// <summary>Whether a path is a folder of this user's, and no link, that nobody else can read or change.</summary>
    /// <param name="path">The path.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsOne(string path)
    {
        byte[] status = new byte[StructureSize];
        if (statx(CurrentFolder, Encoding.UTF8.GetBytes(path + "\0"), DoNotFollow, BasicFields, status) != 0)
        {
            return false;
        }

        int mode = BinaryPrimitives.ReadUInt16LittleEndian(status.AsSpan(ModeOffset));
        return (mode & KindMask) == Folder
            && (mode & NotPrivate) == 0
            && BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(UserIdOffset)) == geteuid();
    }

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int folder, byte[] path, int flags, uint mask, byte[] status);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint geteuid();
}
