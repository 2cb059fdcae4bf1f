using System.Runtime.InteropServices;

namespace EdgeSlim.Trials;

/// <summary>Signals to processes of this machine (kill(2)).</summary>
internal static class Signal
{
    private const int SigKill = 9;
    private const int SigTerm = 15;
    private const int SigContinue = 18;
    private const int SigStop = 19;

    /// <summary>Ends a process.</summary>
    /// <returns>Whether there was one, and this process may.</returns>
    public static bool Kill(int processId) => kill(processId, SigKill) == 0;

    /// <summary>Asks a process to end.</summary>
    /// <returns>Whether there was one, and this process may.</returns>
    public static bool Terminate(int processId) => kill(processId, SigTerm) == 0;

    /// <summary>Lets a process wait until <see cref="Continue"/>.</summary>
    /// <returns>Whether there was one, and this process may.</returns>
    public static bool Stop(int processId) => kill(processId, SigStop) == 0;

    /// <summary>Lets a process go on.</summary>
    /// <returns>Whether there was one, and this process may.</returns>
    public static bool Continue(int processId) => kill(processId, SigContinue) == 0;

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int processId, int signal);
}
