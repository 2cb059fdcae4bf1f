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

    // struct ifreq: a name of 16 bytes, and here its flags.
    private const nuint SetInterfaceFlags = 0x8914;
    private const int RequestLength = 40;
    private const int FlagsOffset = 16;
    private const short InterfaceIsUp = 1;

    /// <exception cref="IOException">The namespace cannot be entered.</exception>
    public static Socket CreateSocket(int processId) =>
        RunIn(processId, () => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));

    /// <summary>Brings up the loopback of a namespace that nobody did it for (netdevice(7), SIOCSIFFLAGS).</summary>
    /// <param name="processId">A process in it.</param>
    public static void RaiseLoopback(int processId)
    {
        try
        {
            RunIn(processId, () =>
            {
                using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
                byte[] request = new byte[RequestLength];
                "lo"u8.CopyTo(request);
                BitConverter.TryWriteBytes(request.AsSpan(FlagsOffset), InterfaceIsUp);
                return ioctl(socket.SafeHandle, SetInterfaceFlags, request);
            });
        }
        catch (IOException)
        {
            // Then nothing in there can be reached either, which is said when it is tried.
        }
    }

    private static T RunIn<T>(int processId, Func<T> work)
    {
        T? result = default;
        Exception? failure = null;

        // The thread stays in the namespace, so nobody else may ever get it.
        Thread thread = new(() =>
        {
            try
            {
                Enter($"/proc/{processId}/ns/net");
                result = work();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException)
            {
                failure = e;
            }
        });
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw new IOException(failure.Message, failure);
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

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ioctl(SafeSocketHandle handle, nuint request, byte[] argument);
}
