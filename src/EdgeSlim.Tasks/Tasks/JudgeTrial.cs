using System.Text;
using EdgeSlim.Composition;
using EdgeSlim.Diagnostics;
using EdgeSlim.Elf;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;
using EdgeSlim.Reporting;
using EdgeSlim.Results;
using EdgeSlim.Trials;
using EdgeSlim.Trials.Verdicts;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="Blame"/>: says what becomes of an image that is suspected not to work.</summary>
public sealed class JudgeTrial : EdgeTask
{
    /// <summary>What <see cref="TryImage"/> saw of the image.</summary>
    [Required]
    public string ObservationFile { get; set; } = "";

    /// <summary>What it saw of the control; empty, or no file, where there is no control.</summary>
    public string ControlObservationFile { get; set; } = "";

    /// <summary>EdgeTrial, when it is not <c>off</c>.</summary>
    public string Trial { get; set; } = "";

    /// <summary>The mode in which the image is published.</summary>
    [Required]
    public string Mode { get; set; } = "";

    /// <summary>The mode in which it is published next; empty for none.</summary>
    public string NextMode { get; set; } = "";

    /// <summary>The layout of the image, for its size; empty where nobody asks for that.</summary>
    public string LayoutFolder { get; set; } = "";

    /// <summary>The image's name, for the JUnit file.</summary>
    [Required]
    public string Image { get; set; } = "";

    /// <summary>Where it is kept which failures a control cleared; empty for nowhere.</summary>
    public string MemoryFile { get; set; } = "";

    /// <summary>The key of the set of packages that the application was built with.</summary>
    public string PackagesKey { get; set; } = "";

    /// <summary>The folder of all results; empty where the answer is not kept.</summary>
    public string ResultsFolder { get; set; } = "";

    /// <summary>Where the result of an image that is delivered is written to; empty for nowhere.</summary>
    public string ResultFile { get; set; } = "";

    /// <summary>The JUnit file of the trial; empty for none.</summary>
    public string JUnitFile { get; set; } = "";

    /// <summary>The executable of a Native AOT application; empty for another one.</summary>
    public string Executable { get; set; } = "";

    /// <summary>Where the symbols of executables are.</summary>
    public string SymbolsFolder { get; set; } = "";

    /// <summary>What the paths in the symbols are relative to.</summary>
    public string SourceRoot { get; set; } = "";

    /// <summary>
    /// What becomes of the image: <c>next</c> where it is made again in the next mode, <c>blocked</c> where it is not delivered,
    /// <c>notproven</c> where it is delivered as not proven, <c>proven</c> where it only refuses what the control refuses too.
    /// </summary>
    [Output]
    public string Verdict { get; private set; } = TrialOutcomes.Blocked;

    /// <summary>Why the image is made again in the next mode, in words.</summary>
    [Output]
    public string Reason { get; private set; } = "";

    private bool IsRequired => Trial.Equals("required", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        TrialRecord image = await StageFile.ReadAsync(ObservationFile, FactsJson.Documents.TrialRecord, cancellationToken);
        if (await ReadControlAsync(cancellationToken) is not TrialRecord control)
        {
            string seen = string.Join(". Also, ", TrialSuspicion.Of(image.Observation).Select(s => s.Text));
            SayLast(await ResolvedAsync(image.Observation.LastLines, cancellationToken));
            await NotProvenAsync(image, DiagnosticCodes.TrialWithoutControl, seen, isKept: false, cancellationToken);
            return;
        }

        TrialVerdict verdict = Blame.Judge(image.Observation, control.Observation);
        if (verdict.Culprit != Culprit.Packaging)
        {
            await new ControlMemory(MemoryFile).AddAsync(new ClearedFailure(FailureSignature.Of(image.Observation), PackagesKey), cancellationToken);
        }

        switch (verdict.Culprit)
        {
            case Culprit.Packaging when NextMode.Length > 0 && LikelyReason.Of(image.Observation.Words) is not { IsOfMode: false }:
                Verdict = TrialOutcomes.Next;
                Reason = $"as {Mode}, {verdict}{SizeOfThisMode()}";
                Diagnostics.Report(new Diagnostic(
                    DiagnosticSeverity.Important,
                    DiagnosticCodes.TrialNextMode,
                    Messages.Format(DiagnosticCodes.TrialNextMode, Mode, verdict, NextMode)));
                break;
            case Culprit.Packaging:
                SayLast(await ResolvedAsync(image.Observation.LastLines, cancellationToken));
                Diagnostics.Error(DiagnosticCodes.TrialBlocked, Mode, verdict, TrialJudge.Reason(image.Observation.Words));
                break;
            case Culprit.Nobody:
                Verdict = TrialOutcomes.Proven;
                Diagnostics.Information($"The image refuses what the app refuses without trimming and AOT too: {verdict}.");
                Diagnostics.Information($"{Image}: {Summary.Line(image.Result)}");
                await KeepAsync(image, image.Result, isKept: true, cancellationToken);
                break;
            default:
                SayLast(await ResolvedAsync(image.Observation.LastLines, cancellationToken));
                await NotProvenAsync(image, DiagnosticCodes.TrialNotProven, verdict.ToString(), isKept: true, cancellationToken);
                break;
        }
    }

    // The user compares it with the size of the next image.
    private string SizeOfThisMode() => LayoutFolder.Length == 0
        ? ""
        : $" ({ByteText.Of(Emulator.Choose(new ImageLayout(LayoutFolder)).CompressedSize)} compressed)";

    private async Task<IReadOnlyList<string>> ResolvedAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        MachineTools tools = new(Environment.GetEnvironmentVariable("PATH") ?? "");
        return File.Exists(Executable) && ElfReader.TryRead(Executable)?.BuildId is { Length: > 2 } id
            && Path.Combine(SymbolsFolder, ".build-id", id[..2], $"{id[2..]}.debug") is var symbols && File.Exists(symbols)
            && (tools.Find("addr2line") ?? tools.Find("llvm-addr2line")) is string reader
                ? await new StackResolver(symbols, reader, SourceRoot).ResolveAsync(lines, cancellationToken)
                : lines;
    }

    // Where a proof is required, the image is tried again each time: what it misses may be there by then.
    private async Task NotProvenAsync(TrialRecord image, string code, string reason, bool isKept, CancellationToken cancellationToken)
    {
        if (IsRequired)
        {
            Diagnostics.Error(code, reason);
            return;
        }

        Verdict = TrialOutcomes.NotProven;
        Diagnostics.Warning(code, reason);
        await KeepAsync(image, image.Result with { Proof = TrialProof.NotProven, ProofReason = reason }, isKept, cancellationToken);
    }

    private async Task KeepAsync(TrialRecord image, TrialResult result, bool isKept, CancellationToken cancellationToken)
    {
        if (ResultFile.Length > 0)
        {
            await StageFile.WriteAsync(ResultFile, result, FactsJson.Documents.TrialResult, cancellationToken);
        }

        if (JUnitFile.Length > 0)
        {
            TrialOutcome outcome = new(result, [], image.Observation.LastLines);
            await StageFile.WriteAsync(JUnitFile, Encoding.UTF8.GetBytes(TrialJUnit.Write(Image, outcome)), cancellationToken);
        }

        if (isKept && ResultsFolder.Length > 0 && image.Question is string question)
        {
            await new ImageResults(ResultsFolder, result.Digest).KeepAsync(
                new Question("trial", question), new Answer<TrialResult>(DateTimeOffset.UtcNow, result), FactsJson.Documents.TrialResult, cancellationToken);
        }
    }

    private async Task<TrialRecord?> ReadControlAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await StageFile.ReadIfThereAsync(ControlObservationFile, FactsJson.Documents.TrialRecord, cancellationToken);
        }
        catch (EdgeException e)
        {
            Diagnostics.Information(e.Message);
            return null;
        }
    }
}
