using EdgeSlim.Delivery;
using EdgeSlim.Oci;
using EdgeSlim.Processes;

namespace EdgeSlim.Trials.Engines;

/// <summary>podman, docker or nerdctl, which take the same commands.</summary>
/// <param name="path">The engine's program.</param>
public sealed class CommandLineEngine(string path) : ITrialEngine
{
    /// <summary>What the names of a trial's containers and images begin with.</summary>
    public const string Prefix = "edgeslim-trial";

    private static int _count;

    // There, the image's files need a label that only the engine can give them.
    private static readonly bool HasLabels = Directory.Exists("/sys/fs/selinux");

    private readonly EngineCommand _engine = new(path);

    /// <inheritdoc/>
    public string Name => _engine.Name;

    /// <inheritdoc/>
    public TrialMeasures Measures =>
        _engine.IsPodman ? TrialMeasures.ExactStart | TrialMeasures.Resources : TrialMeasures.Resources;

    /// <inheritdoc/>
    public bool CanFilterSystemCalls => true;

    /// <summary>Whether its containers run on this machine, and it starts them itself.</summary>
    public bool IsHere { get; init; }

    private ContainerEngine Kind => _engine.IsPodman ? ContainerEngine.Podman : ContainerEngine.Docker with { Name = Name, Program = Name };

    /// <inheritdoc/>
    public async Task<ITrialContainer> CreateAsync(TrialImage image, TrialProfile profile, CancellationToken cancellationToken)
    {
        if (IsHere && _engine.IsPodman && UserNamespace.IsRootOfMachine && !HasLabels && !Gvisor.IsRuntime(profile.Runtime))
        {
            return await PodmanRun.CreateAsync(_engine, image, profile, cancellationToken);
        }

        // The engine is slow to answer, and what others left is in nobody's way.
        Task tidying = Task.WhenAll(EngineLeftovers.RemoveAsync(_engine, cancellationToken), TrialFolder.RemoveDeadAsync());
        string id = $"{TrialOwner.Current}-{Interlocked.Increment(ref _count)}";
        EngineContainer container = new(_engine, $"{Prefix}-{id}", $"{Kind.NameOf(Prefix)}:{id}");
        try
        {
            await Task.WhenAll(
                tidying,
                new EngineDestination(Kind, _engine.Path) { IsNew = true }.DeliverAsync(
                    new DeliverableImage(image.Layout, LayoutTree.Of(image.Image), Prefix, [id]), cancellationToken));
            await PrepareAsync(container, image, profile, cancellationToken);
            return container;
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether root of a container is not root of the machine.</summary>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether it is so.</returns>
    public async Task<bool> HasUserNamespaceAsync(CancellationToken cancellationToken)
    {
        // That of root has none, and fails with one where an image has several layers (4.3, on file systems with mapped mounts).
        if (_engine.IsPodman)
        {
            return !UserNamespace.IsRootOfMachine;
        }

        ProcessResult options = await _engine.AskAsync(cancellationToken, "info", "--format", "{{.SecurityOptions}}");
        return options.ExitCode == 0
            && (options.Output.Contains("name=userns", StringComparison.Ordinal) || options.Output.Contains("name=rootless", StringComparison.Ordinal));
    }

    private async Task PrepareAsync(
        EngineContainer container, TrialImage image, TrialProfile profile, CancellationToken cancellationToken)
    {
        string failure = "";
        using EnvironmentFile environment = EnvironmentFile.Write(profile.Environment);
        foreach (PodmanStart start in PodmanStart.For(profile, _engine.IsPodman))
        {
            ProcessResult made = await _engine.TryAsync(
                new ProcessRequest(
                    _engine.Path,
                    ["create", .. start.Runtime, .. start.Create, .. CreateArguments.OfImage(profile, image, _engine.IsPodman, container.Name, environment), container.Image, .. CreateArguments.Command(profile, image)])
                {
                    Environment = environment.Others,
                },
                cancellationToken);
            // podman can make the process without starting the application in it; docker finds out at the start.
            ProcessResult ready = made.ExitCode == 0 && _engine.IsPodman
                ? await _engine.TryAsync(cancellationToken, ["init", .. start.Runtime, container.Name])
                : made;
            if (ready.ExitCode == 0)
            {
                container.RuntimeOptions = start.Runtime;
                if (Gvisor.IsRuntime(profile.Runtime) && await container.FindProcessAsync(cancellationToken) is int sandbox)
                {
                    NetworkNamespace.RaiseLoopback(sandbox);
                }

                return;
            }

            // The first failure is that of what the user set up; the others are of our own tries.
            failure = failure.Length == 0 ? ready.LastErrorLine : failure;
            await _engine.CleanUpAsync("rm", "-f", container.Name);
        }

        throw _engine.Failed("create", failure);
    }
}
