using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Profiles.Seccomp;
using EdgeSlim.Profiles.Tracing;
using EdgeSlim.Publishing;
using EdgeSlim.RootFileSystems;
using EdgeSlim.Syscalls;
using EdgeSlim.Trials;
using EdgeSlim.Trials.Engines;

namespace EdgeSlim.Profiles;

/// <summary>
/// Learns what an image touches: runs it and watches, makes of that a seccomp profile, and runs it again under the profile.
/// </summary>
/// <param name="tools">The machine's programs.</param>
/// <param name="diagnostics">Where to say what there is to say.</param>
public sealed class Profiler(IToolLookup tools, IDiagnosticSink diagnostics)
{
    // What makes a container up to where only the application is missing, its filter of system calls included, and waits there.
    private const string PodmanName = "podman";

    /// <summary>Learns.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="cancellationToken">Ends it; nothing is left behind.</param>
    /// <returns>What was learned, or how the trial failed.</returns>
    /// <exception cref="EdgeException">The image cannot be watched.</exception>
    public async Task<ProfileOutcome> LearnAsync(ProfileRequest request, CancellationToken cancellationToken)
    {
        LayoutImage image = Emulator.Choose(request.Layout);
        SyscallTable table = FindTable(image);
        if (request.Syscalls.FirstOrDefault(s => !table.Has(s)) is string unknown)
        {
            throw new EdgeException(DiagnosticCodes.UnknownSyscall, unknown, table.Architecture);
        }

        ITrialEngine engine = await FindEngineAsync(request, cancellationToken);
        TrialImage tried = new(request.Layout, image);
        (TrialOutcome learned, Trace trace) = await RunAsync(engine, tried, request.Settings, request, table, cancellationToken);
        if (learned.Failures.Count > 0)
        {
            return new ProfileOutcome(learned, null, []);
        }

        SeccompProfile profile = SeccompBuilder.Build([.. trace.Syscalls, .. trace.RuntimeSyscalls, .. request.Syscalls], table);
        await WriteAsync(request.SeccompFile, profile, cancellationToken);
        TrialSettings confined = request.Settings with { Profile = request.Settings.Profile with { SeccompFile = request.SeccompFile } };
        (TrialOutcome held, Trace again) = await RunConfinedAsync(engine, tried, confined, request, table, cancellationToken);
        ProfileResult result = ResultOf(image, engine, request, profile, trace, again, cancellationToken);
        return new ProfileOutcome(held, result, SeccompBuilder.Refused(profile, again.Refused ?? again.Syscalls));
    }

    private static SyscallTable FindTable(LayoutImage image)
    {
        string architecture = image.Config.Architecture;
        return architecture == Emulator.Native && SyscallTable.Find(architecture) is SyscallTable table
            ? table
            : throw new EdgeException(DiagnosticCodes.ForeignProcessor, architecture, Emulator.Native);
    }

    private async Task<ITrialEngine> FindEngineAsync(ProfileRequest request, CancellationToken cancellationToken)
    {
        (ITrialEngine? engine, string whyNot) =
            await new TrialEngines(tools).FindAsync(request.Engine ?? PodmanName, request.Settings.Profile.Runtime, runsAsRoot: false, cancellationToken);
        return engine is CommandLineEngine && engine.Measures.HasFlag(TrialMeasures.ExactStart) && !Gvisor.IsRuntime(request.Settings.Profile.Runtime)
            ? engine
            : throw new EdgeException(
                DiagnosticCodes.NoProfileEngine, engine is null ? whyNot : $"'{request.Settings.Profile.Runtime ?? engine.Name}' is not one");
    }

    private async Task<(TrialOutcome Outcome, Trace Trace)> RunAsync(
        ITrialEngine engine, TrialImage image, TrialSettings settings, ProfileRequest request, SyscallTable table, CancellationToken cancellationToken)
    {
        await using ITrialContainer container = await engine.CreateAsync(image, settings.Profile, cancellationToken);
        int processId = await container.FindProcessAsync(cancellationToken)
            ?? throw new EdgeException(DiagnosticCodes.NoProfileEngine, $"'{engine.Name}' shows no process of the container");
        await using TracerProcess tracer = await new Tracers(tools, table, diagnostics).AttachAsync(request.Tracer, processId, cancellationToken);
        List<TrialFailure> unused = [];
        Trial trial = new(container, settings)
        {
            Use = async (_, token) =>
            {
                try
                {
                    await request.Exercise.RunAsync(processId, tools, diagnostics, token);
                }
                catch (EdgeException e)
                {
                    unused.Add(new TrialFailure(e.Code, e.Message, TrialJudge.Start));
                }
            },
        };
        TrialObservation seen = await trial.RunAsync(cancellationToken);
        Trace trace = await tracer.StopAsync(cancellationToken);

        // Where the application itself did not run, that is why it could not be used.
        IReadOnlyList<TrialFailure> judged = TrialJudge.Judge(seen, settings);
        bool ran = seen is { IsReady: true, EndedItself: false, IsOutOfMemory: false };
        IReadOnlyList<TrialFailure> failures = judged.Count > 0 && !ran ? judged : [.. unused, .. judged];
        return (new TrialOutcome(TrialResult.Of(image, engine, settings, seen), failures, seen.LastLines), trace);
    }

    // Where the runtime cannot even start the application, its own words say what it was not let do.
    private async Task<(TrialOutcome Outcome, Trace Trace)> RunConfinedAsync(
        ITrialEngine engine, TrialImage image, TrialSettings settings, ProfileRequest request, SyscallTable table, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(engine, image, settings, request, table, cancellationToken);
        }
        catch (EdgeException e) when (e.Code == DiagnosticCodes.TrialEngineFailed)
        {
            throw new EdgeException(e, DiagnosticCodes.ProfileBreaks, e.Message, "", request.SeccompFile);
        }
    }

    private static async Task WriteAsync(string path, SeccompProfile profile, CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, profile.ToBytes(), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, path, e.Message);
        }
    }

    private static ProfileResult ResultOf(
        LayoutImage image, ITrialEngine engine, ProfileRequest request, SeccompProfile profile, Trace trace, Trace again, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> allowed = profile.Allowed;
        return new ProfileResult
        {
            Digest = image.Descriptor.Digest,
            Engine = engine.Name,
            Tracer = trace.Tracer,
            Seccomp = new ProfiledSeccomp(Path.GetFileName(request.SeccompFile), Digest.Of(profile.ToBytes()), allowed.Count),
            Syscalls = trace.Syscalls,
            RuntimeSyscalls = trace.RuntimeSyscalls,
            StandingSyscalls = [.. allowed.Except(trace.Syscalls).Except(trace.RuntimeSyscalls).Except(request.Syscalls)],
            Opened = [.. trace.Opened.Union(again.Opened).Order(StringComparer.Ordinal)],
            Programs = trace.Programs,
            Connections = trace.Connections,
            Bound = trace.Bound,
            Unopened = UnopenedFiles.Find(
                ImageReader.Read(request.Layout, image, cancellationToken),
                image.Config.Config?.WorkingDir ?? "/",
                trace, again),
        };
    }
}

/// <summary>What is asked of a profile.</summary>
public sealed record ProfileRequest
{
    /// <summary>The layout that holds the image.</summary>
    public required ImageLayout Layout { get; init; }

    /// <summary>How the image is run. Its limits hold while it is watched, which slows it down.</summary>
    public required TrialSettings Settings { get; init; }

    /// <summary>What is done with it.</summary>
    public required Exercise Exercise { get; init; }

    /// <summary>The engine that the user wants; null for any.</summary>
    public string? Engine { get; init; }

    /// <summary>The tracer that the user wants; null for any.</summary>
    public string? Tracer { get; init; }

    /// <summary>EdgeProfileSyscall: system calls that are allowed whether or not they are seen.</summary>
    public IReadOnlyList<string> Syscalls { get; init; } = [];

    /// <summary>Where the seccomp profile is written to, before it is known whether the application holds under it.</summary>
    public required string SeccompFile { get; init; }
}

/// <summary>What came of learning.</summary>
/// <param name="Trial">How the last trial went: that under the profile, where it came to it.</param>
/// <param name="Result">What was learned; null where the image did not do well even without a profile.</param>
/// <param name="Refused">The system calls that the profile refused, as far as that can be known.</param>
public sealed record ProfileOutcome(TrialOutcome Trial, ProfileResult? Result, IReadOnlyList<string> Refused);
