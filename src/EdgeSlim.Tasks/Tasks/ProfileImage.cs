using System.Text;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Profiles;
using EdgeSlim.Reporting;
using EdgeSlim.Results;
using EdgeSlim.Trials;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="Profiler"/>.</summary>
public sealed class ProfileImage : TrialTask
{
    /// <summary>EdgeCpuLimit.</summary>
    [Required]
    public string CpuLimit { get; set; } = "";

    /// <summary>EdgeMemoryLimit.</summary>
    [Required]
    public string MemoryLimit { get; set; } = "";

    /// <summary>EdgeMaxStop.</summary>
    [Required]
    public string MaxStop { get; set; } = "";

    /// <summary>EdgeTracer.</summary>
    public string Tracer { get; set; } = "";

    /// <summary>EdgeProfileHttp: paths between semicolons.</summary>
    public string[] Paths { get; set; } = [];

    /// <summary>EdgeProfileCommand.</summary>
    public string Command { get; set; } = "";

    /// <summary>EdgeProfileSyscall.</summary>
    public string[] Syscalls { get; set; } = [];

    /// <summary>The folder in which the profile lies until the image has held under it.</summary>
    [Required]
    public string WorkFolder { get; set; } = "";

    /// <summary>The folder of the user's copies, which are those of the last profile.</summary>
    [Required]
    public string OutputFolder { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        ImageLayout layout = ReadLayout();
        ImageResults results = new(ResultsFolder, Emulator.Choose(layout).Descriptor.Digest);
        string Copy(string name) => Path.Combine(OutputFolder, name);
        ProfileRequest request = new()
        {
            Layout = layout,
            Settings = ReadSettings(layout),
            Exercise = new Exercise(
                Port.Length > 0 ? ReadinessReader.PortOf("EdgeTrialPort", Port) : ReadinessReader.ExposedPort(Emulator.Choose(layout).Config.Config),
                [.. Paths.Select(ReadPath)],
                Command.Length == 0 ? null : Command,
                ProjectFolder),
            Engine = Engine is "" or "auto" ? null : Engine,
            Tracer = Tracer is "" or "auto" ? null : Tracer,
            Syscalls = Syscalls,
            SeccompFile = Path.Combine(WorkFolder, ProfileFiles.Seccomp),
        };
        foreach (string name in ProfileFiles.All)
        {
            StageFile.Delete(results.PathOf(name));
            StageFile.Delete(Copy(name));
        }

        ProfileOutcome outcome = await new Profiler(Tools, Diagnostics).LearnAsync(request, cancellationToken);
        TrialOutcome trial = outcome.Result is null ? outcome.Trial : Confined(outcome, request);
        Report(trial.Failures, trial.LastLines);
        await StageFile.WriteAsync(
            Copy(ProfileFiles.JUnit), Encoding.UTF8.GetBytes(TrialJUnit.Write($"{Image}.profile", trial)), cancellationToken);
        if (outcome.Result is ProfileResult learned && trial.Failures.Count == 0)
        {
            byte[] seccomp = await File.ReadAllBytesAsync(request.SeccompFile, cancellationToken);
            foreach (Func<string, string> place in (Func<string, string>[])[results.PathOf, Copy])
            {
                await StageFile.WriteAsync(place(ProfileFiles.Seccomp), seccomp, cancellationToken);
                await StageFile.WriteAsync(place(ProfileFiles.Result), learned, FactsJson.Documents.ProfileResult, cancellationToken);
            }

            Say(learned, outcome.Refused);
        }
    }

    // A watched application takes its time: that, and its memory, are measured where it is tried without.
    private TrialSettings ReadSettings(ImageLayout layout)
    {
        TimeSpan timeout = Seconds("EdgeTrialTimeout", Timeout);
        return new TrialSettings
        {
            Profile = ReadProfile(Quantity.MilliCpus("EdgeCpuLimit", CpuLimit), Quantity.Memory("EdgeMemoryLimit", MemoryLimit)),
            Readiness = ReadReadiness(layout),
            Limits = new TrialLimits(timeout, long.MaxValue, Seconds("EdgeMaxStop", MaxStop), timeout),
        };
    }

    // What breaks under the profile is said as that, with what was refused: its own words are those of something else.
    private static TrialOutcome Confined(ProfileOutcome outcome, ProfileRequest request)
    {
        string refused = outcome.Refused.Count == 0 ? "" : $" Refused: {string.Join(", ", outcome.Refused)}.";
        return outcome.Trial with
        {
            Failures =
            [
                .. outcome.Trial.Failures.Select(f => f with
                {
                    Code = DiagnosticCodes.ProfileBreaks,
                    Text = Messages.Format(DiagnosticCodes.ProfileBreaks, f.Text, refused, request.SeccompFile),
                }),
            ],
        };
    }

    private void Say(ProfileResult learned, IReadOnlyList<string> refused)
    {
        const int shown = 5;
        Diagnostics.Important($"{Image}: {Summary.Line(learned)}");
        if (refused.Count > 0)
        {
            Diagnostics.Warning(DiagnosticCodes.SyscallsRefused, string.Join(", ", refused));
        }

        if (learned.Unopened.Count > 0)
        {
            string more = learned.Unopened.Count > shown ? $" and {learned.Unopened.Count - shown} more" : "";
            Diagnostics.Important(
                $"Never opened, so perhaps not needed: {string.Join(", ", learned.Unopened.Take(shown).Select(f => $"{f.Path} ({ByteText.Of(f.Bytes)})"))}{more}.");
        }
    }

    private static string ReadPath(string path) => path.StartsWith('/')
        ? path
        : throw new EdgeException(DiagnosticCodes.InvalidQuantity, "EdgeProfileHttp", path, "paths, such as /healthz;/api/items");
}
