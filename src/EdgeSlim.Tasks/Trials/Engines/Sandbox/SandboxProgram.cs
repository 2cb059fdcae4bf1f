using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using EdgeSlim.Processes;

namespace EdgeSlim.Trials.Engines.Sandbox;

/// <summary>The program that <c>sandbox.c</c> is compiled to: in this assembly for x64 and arm64, and on disk for the time of a trial.</summary>
[SupportedOSPlatform("linux")]
internal static class SandboxProgram
{
    private const UnixFileMode OwnersOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);

    private static string ResourceName => $"EdgeSlim.Trials.Engines.Sandbox.{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>Whether it is there for this machine's processor.</summary>
    public static bool Exists => typeof(SandboxProgram).Assembly.GetManifestResourceInfo(ResourceName) is not null;

    /// <summary>Puts it into a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Its path.</returns>
    public static string WriteTo(string folder)
    {
        string path = Path.Combine(folder, "sandbox");
        using Stream program = typeof(SandboxProgram).Assembly.GetManifestResourceStream(ResourceName)!;
        using FileStream file = new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnersOnly });
        program.CopyTo(file);
        return path;
    }

    /// <summary>Whether this machine has user namespaces for it.</summary>
    /// <param name="path">The program.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether it has.</returns>
    public static async Task<bool> HasUserNamespaceAsync(string path, CancellationToken cancellationToken)
    {
        if (!UserNamespace.IsRootOfMachine)
        {
            return false;
        }

        byte[] root = Encoding.ASCII.GetBytes(UserNamespace.Root.ToString(CultureInfo.InvariantCulture) + "\0");
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(AnswerTime);
        try
        {
            ProcessRequest probe = new(path, ["--probe"])
            {
                WorkingFolder = "/",
                WriteInput = async (input, token) => await input.WriteAsync(root, token),
            };
            return (await ExternalProcess.RunAsync(probe, timeout.Token)).ExitCode == 0;
        }
        catch (Exception e) when (e is Win32Exception || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }
}
