using System.Globalization;
using System.Text;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Reporting;
using EdgeSlim.Results;
using EdgeSlim.Trials;
using EdgeSlim.Trials.Verdicts;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="Trier"/>. An image that did well is not tried again until more is asked of it.</summary>
public sealed class TryImage : TrialTask
{
    /// <summary>EdgeCpuLimit.</summary>
    [Required]
    public string CpuLimit { get; set; } = "";

    /// <summary>EdgeMemoryLimit.</summary>
    [Required]
    public string MemoryLimit { get; set; } = "";

    /// <summary>EdgeMaxStartup.</summary>
    [Required]
    public string MaxStartup { get; set; } = "";

    /// <summary>EdgeMaxMemory.</summary>
    [Required]
    public string MaxMemory { get; set; } = "";

    /// <summary>EdgeMaxStop.</summary>
    [Required]
    public string MaxStop { get; set; } = "";

    /// <summary>Whether the user set EdgeMaxStartup. To exceed a default value is worth a warning.</summary>
    public bool MaxStartupIsSet { get; set; }

    /// <summary>Whether the user set EdgeMaxMemory.</summary>
    public bool MaxMemoryIsSet { get; set; }

    /// <summary>Whether the user set EdgeMaxStop.</summary>
    public bool MaxStopIsSet { get; set; }

    /// <summary>Whether the application is a web application, whose port opens.</summary>
    public bool IsWeb { get; set; }

    /// <summary>Paths that a web application answers.</summary>
    public string[] Routes { get; set; } = [];

    /// <summary>Whether signs that the image does not work are left for a control to judge, and not reported here.</summary>
    public bool Judge { get; set; }

    /// <summary>Whether this is the control: it is observed, and nothing is judged, reported or kept.</summary>
    public bool IsControl { get; set; }

    /// <summary>Where what was seen is written to, if the image was run; empty for nowhere.</summary>
    [NotAsked]
    public string ObservationFile { get; set; } = "";

    /// <summary>Where it is kept which failures a control cleared; empty for nowhere.</summary>
    [NotAsked]
    public string MemoryFile { get; set; } = "";

    /// <summary>The key of the set of packages that the application was built with.</summary>
    [NotAsked]
    public string PackagesKey { get; set; } = "";

    /// <summary>Where the result of a trial that went well is written to.</summary>
    [NotAsked]
    public string ResultFile { get; set; } = "";

    /// <summary>Where the JUnit file is written to.</summary>
    [NotAsked]
    public string JUnitFile { get; set; } = "";

    /// <summary>Where it is kept how trials of this project went; empty for nowhere.</summary>
    [NotAsked]
    public string HistoryFile { get; set; } = "";

    /// <summary>What the source control says.</summary>
    [NotAsked]
    public string SourceFile { get; set; } = "";

    /// <summary>Whether the image is tried even where it did well before.</summary>
    [NotAsked]
    public bool IsAgain { get; set; }

    /// <summary>
    /// How it went: <c>passed</c>, <c>suspect</c> where a control has to judge, <c>known</c> where one did before, <c>untried</c> where
    /// nothing ran the image, <c>failed</c> where an error says why.
    /// </summary>
    [Output]
    public string Outcome { get; private set; } = TrialOutcomes.Failed;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        // What an earlier trial saw must not pass for this one.
        StageFile.Delete(ObservationFile);
        if (IsControl)
        {
            await ObserveControlAsync(cancellationToken);
            return;
        }

        TrialOutcome? outcome = null;
        try
        {
            outcome = await AskAsync(cancellationToken);
        }
        finally
        {
            // Neither must what it left. Files that are the same again keep their times.
            if (outcome is null)
            {
                StageFile.Delete(JUnitFile);
            }

            if (!HasResult(outcome))
            {
                StageFile.Delete(ResultFile);
            }
        }

        if (outcome is not null && JUnitFile.Length > 0)
        {
            await StageFile.WriteAsync(JUnitFile, Encoding.UTF8.GetBytes(TrialJUnit.Write(Image, outcome)), cancellationToken);
        }

        if (HasResult(outcome) && ResultFile.Length > 0)
        {
            await StageFile.WriteAsync(ResultFile, outcome!.Result, FactsJson.Documents.TrialResult, cancellationToken);
        }
    }

    // That of an image that is delivered: one whose suspicions nobody has judged has none yet.
    private bool HasResult(TrialOutcome? outcome) => outcome is { IsGood: true } && Outcome is TrialOutcomes.Passed or TrialOutcomes.Known;

    private async Task<TrialOutcome?> AskAsync(CancellationToken cancellationToken)
    {
        ImageLayout layout = ReadLayout();
        TrialSettings settings = ReadSettings(layout);
        ImageResults results = new(ResultsFolder, Emulator.Choose(layout).Descriptor.Digest);
        Question question = TaskQuestion.Of(this, "trial", [.. MachineParts(), .. MountParts(settings.Profile)]);
        if (!IsAgain && await results.FindAsync(question, FactsJson.Documents.TrialResult, cancellationToken) is { } known
            && !(IsRequired && known.Value.Proof == TrialProof.NotProven))
        {
            Diagnostics.Information(string.Create(CultureInfo.InvariantCulture, $"The image was tried at {known.Time:u}. It is not tried again."));
            return Repeat(known.Value);
        }

        if (await FindAsync(layout, Diagnostics, cancellationToken) is not TrialSubject subject)
        {
            Outcome = TrialOutcomes.Untried;
            return null;
        }

        bool mayFail = Judge && !IsRequired && (Engine is "" or "auto");
        Trier trier = new(subject, Diagnostics);
        TrialOutcome? tried = mayFail ? await trier.TryIfPossibleAsync(settings, cancellationToken) : await trier.TryAsync(settings, cancellationToken);
        if (tried is not TrialOutcome outcome)
        {
            Outcome = TrialOutcomes.Untried;
            return null;
        }

        IReadOnlyList<TrialSuspicion> suspicions = Judge ? TrialSuspicion.Of(outcome.Seen!) : [];
        if (suspicions.Count > 0)
        {
            // What a control judges is no failure before it has.
            outcome = outcome with { Suspicions = suspicions, Failures = [.. outcome.Failures.Where(f => TrialJudge.IsOfLimit(f.Code))] };
        }

        await ObserveAsync(outcome, question, cancellationToken);
        Report(outcome.Failures, outcome.LastLines);
        if (!outcome.IsGood)
        {
            return outcome;
        }

        return suspicions.Count > 0
            ? await SuspectAsync(outcome, results, question, cancellationToken)
            : await PassAsync(outcome, results, question, cancellationToken);
    }

    private async Task<TrialOutcome> PassAsync(TrialOutcome outcome, ImageResults results, Question question, CancellationToken cancellationToken)
    {
        Outcome = TrialOutcomes.Passed;

        // A build ends with a summary that has the same line.
        Diagnostics.Report(new Diagnostic(
            IsAgain ? DiagnosticSeverity.Important : DiagnosticSeverity.Information, null, $"{Image}: {Summary.Line(outcome.Result)}"));
        await new StartHistoryFile(HistoryFile, SourceFile, Diagnostics).AddAsync(outcome.Result, cancellationToken);
        await results.KeepAsync(
            question, new Answer<TrialResult>(DateTimeOffset.UtcNow, outcome.Result), FactsJson.Documents.TrialResult, cancellationToken);

        // What an application said that did well is not kept, and so not reported now and left out the next time.
        return outcome with { LastLines = [] };
    }

    // A stored answer says again what it said when it was new.
    private TrialOutcome Repeat(TrialResult known)
    {
        TrialFailure[] warnings = [.. known.Warnings.Select(w => w with { IsWarning = !IsRequired })];
        Report(warnings, []);
        if (known.Proof == TrialProof.NotProven)
        {
            Diagnostics.Warning(DiagnosticCodes.TrialNotProven, known.ProofReason);
        }

        Outcome = warnings.Any(w => !w.IsWarning) ? TrialOutcomes.Failed : known.Proof == TrialProof.Proven ? TrialOutcomes.Passed : TrialOutcomes.Known;
        return new TrialOutcome(known, warnings, []);
    }

    private async Task<TrialOutcome> SuspectAsync(TrialOutcome outcome, ImageResults results, Question question, CancellationToken cancellationToken)
    {
        Outcome = TrialOutcomes.Suspect;
        ClearedFailure failure = new(FailureSignature.Of(outcome.Seen!), PackagesKey);
        if (!await new ControlMemory(MemoryFile).KnowsAsync(failure, cancellationToken))
        {
            return outcome;
        }

        if (TrialSuspicion.AreRefusals(outcome.Seen!))
        {
            return await PassAsync(outcome with { Suspicions = [] }, results, question, cancellationToken);
        }

        string reason = string.Join(". Also, ", outcome.Suspicions.Select(s => s.Text));
        TrialResult result = outcome.Result with { Proof = TrialProof.NotProven, ProofReason = reason };
        SayLast(outcome.LastLines);
        if (IsRequired)
        {
            Outcome = TrialOutcomes.Failed;
            Diagnostics.Error(DiagnosticCodes.TrialNotProven, reason);
            return outcome;
        }

        Outcome = TrialOutcomes.Known;
        Diagnostics.Warning(DiagnosticCodes.TrialNotProven, reason);
        await results.KeepAsync(question, new Answer<TrialResult>(DateTimeOffset.UtcNow, result), FactsJson.Documents.TrialResult, cancellationToken);
        return outcome with { Result = result, Suspicions = [] };
    }

    // A control that cannot be run is none, and no reason to stop.
    private async Task ObserveControlAsync(CancellationToken cancellationToken)
    {
        Outcome = TrialOutcomes.Untried;
        QuietSink quiet = new(Diagnostics);
        try
        {
            ImageLayout layout = ReadLayout();
            TrialSettings settings = ReadSettings(layout).ForControl();
            if (await FindAsync(layout, quiet, cancellationToken) is TrialSubject subject)
            {
                TrialOutcome outcome = await new Trier(subject, quiet).TryAsync(settings, cancellationToken);
                await ObserveAsync(outcome, null, cancellationToken);
                Outcome = TrialSuspicion.Of(outcome.Seen!).Count == 0 ? TrialOutcomes.Passed : TrialOutcomes.Suspect;
            }
        }
        catch (EdgeException e)
        {
            Diagnostics.Information($"The control cannot be tried: {e.Message}");
        }
    }

    private async Task ObserveAsync(TrialOutcome outcome, Question? question, CancellationToken cancellationToken)
    {
        if (ObservationFile.Length > 0)
        {
            TrialRecord record = new() { Observation = outcome.Seen!, Result = outcome.Result, Question = question?.Hash };
            await StageFile.WriteAsync(ObservationFile, record, FactsJson.Documents.TrialRecord, cancellationToken);
        }
    }

    private TrialSettings ReadSettings(ImageLayout layout)
    {
        Readiness readiness = ReadReadiness(layout);
        bool isConfigured = readiness.HasSign || Alive.Length > 0;
        return new TrialSettings
        {
            Profile = ReadProfile(Quantity.MilliCpus("EdgeCpuLimit", CpuLimit), Quantity.Memory("EdgeMemoryLimit", MemoryLimit)),
            Readiness = readiness with { MayExit = !isConfigured },
            Web = (IsWeb || Routes.Length > 0) && !readiness.Exits
                ? new WebQuestion(readiness.Port ?? ReadinessReader.ExposedPort(Emulator.Choose(layout).Config.Config), Routes, WebQuestion.Usual)
                : null,
            Limits = new TrialLimits(
                Seconds("EdgeMaxStartup", MaxStartup),
                Quantity.Memory("EdgeMaxMemory", MaxMemory),
                Seconds("EdgeMaxStop", MaxStop),
                Seconds("EdgeTrialTimeout", Timeout))
            {
                IsMaxStartupDefault = !MaxStartupIsSet && !IsRequired,
                IsMaxMemoryDefault = !MaxMemoryIsSet && !IsRequired,
                IsMaxStopDefault = !MaxStopIsSet && !IsRequired,
            },
        };
    }
}
