using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeSlim.Trials;

/// <summary>
/// Reaches the loopback of a container that has no other network: a socket belongs for life to the network namespace of
/// the thread that made it (setns(2), socket(7)).
/// </summary>
internal static class NetworkNamespace
{
    private const int CloneNewNet = 0x40000000;

    /// <exception cref="IOException">The namespace cannot be entered.</exception>
    public static Socket CreateSocket(int processId)
    {
        Socket? socket = null;
        Exception? failure = null;

        // The thread stays in the namespace, so nobody else may ever get it.
        Thread thread = new(() =>
        {
            try
            {
                Enter($"/proc/{processId}/ns/net");
                socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return socket ?? throw new IOException(failure!.Message, failure);
    }

    // Entering takes rights, also where one is there already.
    private static void Enter(string path)
    {
        if (File.ResolveLinkTarget("/proc/self/ns/net", false)?.Name == File.ResolveLinkTarget(path, false)?.Name)
        {
            return;
        }

        using SafeFileHandle handle = File.OpenHandle(path);
        if (setns(handle, CloneNewNet) != 0)
        {
            throw new UnauthorizedAccessException(new Win32Exception(Marshal.GetLastPInvokeError()).Message);
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setns(SafeFileHandle handle, int kind);
}
