using System.Globalization;
using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;

namespace EdgeSlim.Trials.Engines;

/// <summary>
/// podman on this machine, with the image's files in a folder. Each command takes podman a tenth of a second and more: to load the image
/// and to make, prepare, start and remove a container would be six of them. This is one.
/// </summary>
internal static class PodmanRun
{
    /// <summary>Makes the container, whose process waits.</summary>
    /// <param name="engine">podman.</param>
    /// <param name="image">The image.</param>
    /// <param name="profile">How it is confined.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Its container.</returns>
    /// <exception cref="EdgeException">podman does not make it (EDGE6002), or the image cannot be unpacked (EDGE3010, EDGE3012).</exception>
    public static async Task<ITrialContainer> CreateAsync(
        EngineCommand engine, TrialImage image, TrialProfile profile, CancellationToken cancellationToken)
    {
        // A dead build left its folder as well. A look for that folder is faster than a question to podman.
        if (TrialFolder.FindDead().Count > 0)
        {
            await EngineLeftovers.RemoveAsync(engine, cancellationToken);
        }

        EdgeException? first = null;
        foreach (PodmanStart start in PodmanStart.For(profile, isPodman: true))
        {
            TrialFolder folder = await TrialFolder.CreateAsync(cancellationToken);
            AttachedContainer container = new(engine.Name, folder, cgroup: null)
            {
                Find = text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int process) ? process : null,
                // podman names the process when the runtime has made it, and takes some hundredths of a second to start it.
                IsStopped = true,
                Remove = () => engine.CleanUpAsync("rm", "-f", "-t", "0", "-i", folder.Name),
            };
            try
            {
                Task<TrialProgram> reading = Task.Run(() => TrialProgram.Of(image, image.Files, profile), cancellationToken);
                RootFolder.Unpack(image, folder.Root, hasUsers: false, cancellationToken);
                TrialProgram program = await reading;
                using EnvironmentFile environment = EnvironmentFile.Write(program.Environment);
                await container.PrepareAsync(
                    new ProcessRequest(
                        engine.Path,
                        [
                            "run", "--rm", "--sig-proxy=false", "--pidfile", AttachedContainer.Process(folder), .. start.Create,
                            .. CreateArguments.OfFolder(profile, image, program, folder.Name, environment), "--rootfs", folder.Root, .. program.Command,
                        ])
                    {
                        Environment = environment.Others,
                        WorkingFolder = EngineCommand.Folder,
                    },
                    cancellationToken);
                return container;
            }
            catch (EdgeException e) when (e.Code == DiagnosticCodes.TrialEngineFailed)
            {
                // The first failure is that of what the user set up; the others are of our own tries.
                first ??= e;
                await container.DisposeAsync();
            }
            catch
            {
                await container.DisposeAsync();
                throw;
            }
        }

        throw first!;
    }
}
