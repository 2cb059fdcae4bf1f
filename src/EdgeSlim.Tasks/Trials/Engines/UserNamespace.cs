using System.Runtime.InteropServices;
using System.Text;

namespace EdgeSlim.Trials.Engines;

/// <summary>
/// The user namespace of a trial: root within it is a user that this machine does not have. All others stay who they are, so that
/// files which are mounted into the image belong to whom they belong to.
/// </summary>
internal static class UserNamespace
{
    /// <summary>Who root of the namespace is on this machine: the last id that systemd leaves to containers.</summary>
    public const int Root = 1_879_048_191;

    /// <summary>Why an image that runs as root is not run.</summary>
    public const string Missing = "the image runs as root, and there is no user namespace to make that a user without rights";

    private const string AllUsers = "4294967295";

    /// <summary>Whether root of this process is root of the machine, and not of a user namespace itself.</summary>
    public static bool IsRootOfMachine { get; } = ReadIsRootOfMachine();

    /// <summary>Who a user of the image is on this machine.</summary>
    /// <param name="id">The id in the image.</param>
    /// <param name="isUsed">Whether the trial has a user namespace.</param>
    /// <returns>The id.</returns>
    public static int Map(int id, bool isUsed) => isUsed && id == 0 ? Root : id;

    /// <summary>Gives a file to a user. A link is not followed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="userId">The user.</param>
    /// <param name="groupId">The group.</param>
    /// <returns>Whether it worked; otherwise the last error says why.</returns>
    public static bool TryOwn(string path, int userId, int groupId) => lchown(Encoding.UTF8.GetBytes(path + "\0"), userId, groupId) == 0;

    private static bool ReadIsRootOfMachine()
    {
        try
        {
            return Environment.IsPrivilegedProcess
                && File.ReadAllText("/proc/self/uid_map").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is ["0", "0", AllUsers];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Environment.IsPrivilegedProcess;
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int lchown(byte[] path, int userId, int groupId);
}
