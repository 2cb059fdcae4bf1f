using System.Globalization;
using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;
using EdgeSlim.Publishing;
using EdgeSlim.RootFileSystems;
using EdgeSlim.Trials.Cgroups;

namespace EdgeSlim.Trials.Engines;

/// <summary>
/// Runs an image where there is neither an engine nor a runtime: in namespaces of its own, with the unpacked layers as its root.
/// Limits hold where this machine lets control groups be made.
/// </summary>
public sealed class PlainEngine : ITrialEngine
{
    /// <summary>What it is called in EdgeTrialEngine.</summary>
    public const string EngineName = "plain";

    // util-linux has all but the shell, which everybody has.
    private static readonly string[] Tools = ["unshare", "setpriv", "mount"];

    private readonly PlainScript _script;

    private PlainEngine(PlainScript script) => _script = script;

    /// <inheritdoc/>
    public string Name => EngineName;

    /// <inheritdoc/>
    public TrialMeasures Measures => TrialMeasures.ExactStart | TrialMeasures.Resources;

    /// <inheritdoc/>
    public bool CanFilterSystemCalls => false;

    /// <summary>Finds what it needs.</summary>
    /// <param name="tools">The machine's programs.</param>
    /// <returns>The engine, or why there is none.</returns>
    public static (ITrialEngine? Engine, string WhyNot) Find(IToolLookup tools)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return (null, $"'{EngineName}' needs root");
        }

        string?[] found = [.. Tools.Select(tools.Find)];
        return Array.IndexOf(found, null) is int missing and >= 0
            ? (null, $"'{EngineName}' needs '{Tools[missing]}', which is not on PATH")
            : (new PlainEngine(new PlainScript(found[0]!, found[1]!, found[2]!)), "");
    }

    /// <inheritdoc/>
    public async Task<ITrialContainer> CreateAsync(TrialImage image, TrialProfile profile, CancellationToken cancellationToken)
    {
        if (profile.SeccompFile is not null)
        {
            throw new EdgeException(DiagnosticCodes.TrialCannotFilter, Name);
        }

        TrialFolder folder = await TrialFolder.CreateAsync(image, cancellationToken);
        TrialCgroup cgroup = TrialCgroup.Create(folder.Name, profile);
        GatedContainer container = new(Name, folder, cgroup) { Find = FindInit };
        try
        {
            TrialProgram program = TrialProgram.Of(image, ImageReader.Read(image.Layout, image.Image, cancellationToken), profile);
            await File.WriteAllTextAsync(folder["environment"], PlainScript.Variables(program), cancellationToken);
            await container.PrepareAsync(
                new ProcessRequest(
                    "/bin/sh",
                    ["-c", EnterGroup.Script, "sh", .. EnterGroup.Arguments(cgroup), .. _script.Write(folder, program, profile, image.Emulator)])
                {
                    WorkingFolder = "/",
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

    // 'unshare' waits for its one child, which is the first process of the new namespace.
    private static int? FindInit(string unshare) =>
        int.TryParse(unshare.Trim(), CultureInfo.InvariantCulture, out int parent)
        && File.ReadAllText($"/proc/{parent}/task/{parent}/children").Trim() is { Length: > 0 } child
            ? int.Parse(child, CultureInfo.InvariantCulture)
            : null;
}
