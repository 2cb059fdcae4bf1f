using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;
using EdgeSlim.RootFileSystems;
using EdgeSlim.Syscalls;
using EdgeSlim.Trials.Cgroups;
using EdgeSlim.Trials.Engines.Sandbox;

namespace EdgeSlim.Trials.Engines;

/// <summary>
/// Runs an image where there is neither an engine nor a runtime: in namespaces of its own, with the unpacked layers as its root.
/// Limits hold where this machine lets control groups be made.
/// </summary>
public sealed class PlainEngine : ITrialEngine
{
    /// <summary>What it is called in EdgeTrialEngine.</summary>
    public const string EngineName = "plain";

    private PlainEngine()
    {
    }

    /// <inheritdoc/>
    public string Name => EngineName;

    /// <inheritdoc/>
    public TrialMeasures Measures => TrialMeasures.ExactStart | TrialMeasures.Resources;

    /// <inheritdoc/>
    public bool CanFilterSystemCalls => false;

    /// <summary>Finds what it needs.</summary>
    /// <returns>The engine, or why there is none.</returns>
    [SupportedOSPlatform("linux")]
    public static (ITrialEngine? Engine, string WhyNot) Find() =>
        !Environment.IsPrivilegedProcess ? (null, $"'{EngineName}' needs root")
        : !SandboxProgram.Exists ? (null, $"'{EngineName}' has no program for the processor {RuntimeInformation.ProcessArchitecture}")
        : (new PlainEngine(), "");

    /// <inheritdoc/>
    [SupportedOSPlatform("linux")]
    public async Task<ITrialContainer> CreateAsync(TrialImage image, TrialProfile profile, CancellationToken cancellationToken)
    {
        if (profile.SeccompFile is not null)
        {
            throw new EdgeException(DiagnosticCodes.TrialCannotFilter, Name);
        }

        TrialFolder folder = await TrialFolder.CreateAsync(cancellationToken);
        TrialCgroup cgroup = TrialCgroup.Create(folder.Name, profile);
        AttachedContainer container = new(Name, folder, cgroup)
        {
            Find = text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int process) ? process : null,
        };
        try
        {
            ImageFileSystem files = image.Files;
            TrialProgram program = TrialProgram.Of(image, files, profile);
            string sandbox = SandboxProgram.WriteTo(folder.Path);
            bool hasUsers = await SandboxProgram.HasUserNamespaceAsync(sandbox, cancellationToken);
            if (program.UserId == 0 && !hasUsers && UserNamespace.IsRootOfMachine)
            {
                throw new EdgeException(DiagnosticCodes.TrialEngineFailed, Name, UserNamespace.Missing);
            }

            RootFolder.Unpack(image, folder.Root, hasUsers, cancellationToken);
            byte[] steps = SandboxSteps.Of(
                program,
                profile,
                TrialMounts.Of(image, files, profile, folder),
                [.. cgroup.Folders.Select(f => new SandboxGroup(f, cgroup.IsUnified ? null : Path.GetFileName(Path.GetDirectoryName(f))))],
                hasUsers,
                SandboxFilter.Write(SyscallTable.OfThisMachine)).ToBytes();
            await container.PrepareAsync(
                new ProcessRequest(sandbox, [folder.Path])
                {
                    WorkingFolder = "/",
                    WriteInput = async (input, token) => await input.WriteAsync(steps, token),
                    // The build's environment is not the application's.
                    InheritsEnvironment = false,
                },
                cancellationToken);
            if (profile.Network == TrialProfile.NoNetwork && await container.FindProcessAsync(cancellationToken) is int init)
            {
                NetworkNamespace.RaiseLoopback(init);
            }

            return container;
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }
}
