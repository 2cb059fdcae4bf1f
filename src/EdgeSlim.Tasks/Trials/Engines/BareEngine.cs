using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;
using EdgeSlim.RootFileSystems;
using EdgeSlim.Trials.Cgroups;

namespace EdgeSlim.Trials.Engines;

/// <summary>runc, crun or gVisor's runsc, without an engine above it: on a bundle that is unpacked from the image's layers.</summary>
/// <param name="path">The runtime's program.</param>
public sealed partial class BareEngine(string path) : ITrialEngine
{
    private readonly BareRuntime _runtime = new(path);

    /// <inheritdoc/>
    public string Name => _runtime.Name;

    /// <inheritdoc/>
    public TrialMeasures Measures =>
        _runtime.IsGvisor ? TrialMeasures.Resources : TrialMeasures.ExactStart | TrialMeasures.Resources;

    /// <inheritdoc/>
    public bool CanFilterSystemCalls => true;

    /// <inheritdoc/>
    public async Task<ITrialContainer> CreateAsync(TrialImage image, TrialProfile profile, CancellationToken cancellationToken)
    {
        TrialFolder folder = await TrialFolder.CreateAsync(cancellationToken);
        TrialCgroup? cgroup = _runtime.KeepsControlGroup ? null : TrialCgroup.Create(folder.Name, profile);
        AttachedContainer container = new(_runtime.Name, folder, cgroup)
        {
            Find = ProcessOf,
            Terminate = _runtime.IsGvisor ? token => KillAsync(folder, token) : null,
        };
        try
        {
            await WriteBundleAsync(folder, image, profile, cancellationToken);
            await container.PrepareAsync(RequestFor(folder, cgroup, profile), cancellationToken);
            if (_runtime.IsGvisor && await container.FindProcessAsync(cancellationToken) is int sandbox)
            {
                NetworkNamespace.RaiseLoopback(sandbox);
            }

            return container;
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    private async Task WriteBundleAsync(
        TrialFolder folder, TrialImage image, TrialProfile profile, CancellationToken cancellationToken)
    {
        ImageFileSystem files = image.Files;
        TrialProgram program = TrialProgram.Of(image, files, profile);

        // gVisor makes one itself. Where this is not root of the machine, it is in one already.
        bool hasUsers = program.UserId == 0 && !_runtime.IsGvisor && UserNamespace.IsRootOfMachine;
        if (hasUsers && OperatingSystem.IsLinux())
        {
            folder.OpenToUserNamespace();
        }

        RootFolder.Unpack(image, folder.Root, hasUsers, cancellationToken);

        // The container's process is there by now, and waits until the script ends: also when the folder is taken away.
        string[] gate =
        [
            """cat > "$1.new" && mv "$1.new" "$1"; while [ ! -e "$2" ] && [ -e "$3" ]; do sleep 0.005; done""",
            "sh", AttachedContainer.Process(folder), AttachedContainer.Gate(folder), folder["config.json"],
        ];
        JsonObject spec = RuntimeSpec.Write(
            program, profile, TrialMounts.Of(image, files, profile, folder), hasUsers, _runtime.KeepsControlGroup ? folder.Name : null, gate, await SeccompAsync(profile, cancellationToken));
        await File.WriteAllTextAsync(folder["config.json"], spec.ToJsonString(), cancellationToken);
    }

    // A group that is there already is entered by the runtime itself, and the application is born in it.
    private ProcessRequest RequestFor(TrialFolder folder, TrialCgroup? cgroup, TrialProfile profile) => new(
        "/bin/sh",
        [
            "-c", EnterGroup.Script, "sh", .. EnterGroup.Arguments(cgroup),
            _runtime.Path, .. _runtime.Run(folder, profile),
        ])
    {
        WorkingFolder = folder.Path,
    };

    private async Task KillAsync(TrialFolder folder, CancellationToken cancellationToken) =>
        await new EngineCommand(_runtime.Path).TryAsync(
            new ProcessRequest(_runtime.Path, [.. _runtime.Options(folder), "kill", folder.Name, "TERM"]), cancellationToken);

    private static async Task<JsonNode?> SeccompAsync(TrialProfile profile, CancellationToken cancellationToken)
    {
        if (profile.SeccompFile is null)
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(await File.ReadAllTextAsync(profile.SeccompFile, cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new EdgeException(e, DiagnosticCodes.TrialEngineFailed, profile.SeccompFile, e.Message);
        }
    }

    // What a hook is given (runtime-spec, runtime.md, "State"): of gVisor it is the sandbox.
    private static int? ProcessOf(string state) =>
        int.TryParse(Pid().Match(state).Groups["pid"].Value, CultureInfo.InvariantCulture, out int processId) ? processId : null;

    [GeneratedRegex("\"pid\":\\s*(?<pid>[0-9]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Pid();
}
