using System.Globalization;
using EdgeSlim.Bases;
using EdgeSlim.Delivery;
using EdgeSlim.Policy;
using EdgeSlim.Profiles;
using EdgeSlim.Scanning;
using EdgeSlim.Trials;
using EdgeSlim.Trials.Stress;

namespace EdgeSlim.Reporting;

/// <summary>The closing words of a run: name, tag, digest, base and why, bytes, where it was delivered.</summary>
public static class Summary
{
    /// <summary>Makes the summary.</summary>
    /// <param name="facts">What was learned.</param>
    /// <param name="layoutFolder">Where the image lies on disk.</param>
    /// <returns>Its lines.</returns>
    public static IReadOnlyList<string> Lines(Facts facts, string layoutFolder)
    {
        ImageFacts image = facts.Image;
        List<string> lines =
        [
            $"{image.Repository}:{string.Join(", :", image.Tags)} ({image.Platform})",
            $"  digest     {image.Digest}",
            $"  mode       {facts.Publish.Mode}: {facts.Publish.ModeReason}",
            $"  base       {image.Base.Name}: {image.Base.Reason}",
            $"  size       {ByteText.Of(image.CompressedBytes)} compressed, {ByteText.Of(image.UncompressedBytes)} uncompressed"
                + (image.Base.Name is BaseImage.ScratchName or Ladder.SlicedName ? "" : " on top of the base"),
            $"  left out   {ByteText.Of(facts.Payload.Excluded.Sum(e => e.Size))} in {Count(facts.Payload.Excluded.Count, "file")}",
            $"  layout     {layoutFolder}",
        ];
        if (facts.Scan is { } scan)
        {
            lines.Add("  scan       " + Of(scan));
        }

        if (facts.Policy is { } policy)
        {
            lines.Add("  policy     " + Of(policy));
        }

        if (facts.Trial is { } trial)
        {
            lines.Add($"  trial      {Line(trial)}");
        }

        if (facts.Stress is { } stress)
        {
            lines.Add($"  stress     {Line(stress)}");
        }

        if (facts.Profile is { } profile)
        {
            lines.Add($"  seccomp    {Line(profile)}");
        }

        lines.AddRange(facts.Deliveries.SelectMany(Lines));
        if (facts.Debug is { } debug)
        {
            lines.Add($"{debug.Image.Repository}:{string.Join(", :", debug.Image.Tags)} (for debugging)");
            lines.Add($"  digest     {debug.Image.Digest}");
            lines.Add($"  size       {ByteText.Of(debug.Image.CompressedBytes)} compressed");
            lines.AddRange(debug.Deliveries.SelectMany(Lines));
        }

        return lines;
    }

    private static string Of(ScanReport scan)
    {
        string[] counts =
        [
            .. scan.Findings
                .GroupBy(f => f.Verdict)
                .OrderBy(g => g.Key)
                .Select(g => $"{g.Count()} {g.Key switch { ScanVerdict.NotPresent => "not in the image", ScanVerdict.Ignored => "ignored", _ => "below the bar" }}"),
        ];
        string found = counts.Length == 0 ? "nothing found" : "vulnerabilities: " + string.Join(", ", counts);
        return scan.Skipped is { } skipped ? $"skipped, {skipped} ({scan.Scanner}: {found})" : $"{scan.Scanner}: {found}";
    }

    private static string Of(PolicyReport policy)
    {
        string[] warned = [.. policy.Checks.Where(c => c.Verdict == PolicyVerdict.Warned).Select(c => c.Rule)];
        return $"{Count(policy.Checks.Count, "rule")}{(warned.Length == 0 ? ", nothing found" : $", warnings: {string.Join(", ", warned)}")}";
    }

    /// <summary>Says how a trial went, in one line.</summary>
    /// <param name="trial">It.</param>
    /// <returns>The line.</returns>
    public static string Line(TrialResult trial)
    {
        if (trial.Proof == TrialProof.NotProven)
        {
            return $"not proven: {trial.ProofReason}";
        }

        string[] parts =
        [
            trial.StartupMilliseconds is double startup ? $"ready in {Time(startup)}" : $"ready: {trial.ReadyWhen}",
            .. trial.PeakMemoryBytes is long peak ? [$"{ByteText.Of(peak)} peak memory"] : Array.Empty<string>(),
            .. trial.CpuMilliseconds is double cpu ? [$"{Time(cpu)} of CPU"] : Array.Empty<string>(),
            .. trial.StopMilliseconds is double stop ? [$"stopped in {Time(stop)}"] : Array.Empty<string>(),
        ];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(", ", parts)} ({trial.Engine}, {trial.MilliCpus}m CPU, {ByteText.Of(trial.MemoryLimitBytes)})");
    }

    /// <summary>Says how an image did under load, in one line.</summary>
    /// <param name="stress">It.</param>
    /// <returns>The line.</returns>
    public static string Line(StressResult stress)
    {
        string[] parts =
        [
            .. stress.Latency is Latencies latency ? [$"P99 {Time(latency.P99)}, P50 {Time(latency.P50)}"] : Array.Empty<string>(),
            .. stress.ErrorRate is double rate
                ? [string.Create(CultureInfo.InvariantCulture, $"{rate * 100:0.##} % errors of {stress.Requests} requests")]
                : Array.Empty<string>(),
            Count((int)stress.OutOfMemoryKills, "OOM kill"),
            Count(stress.Restarts, "restart"),
            .. stress.PeakMemoryBytes is long peak ? [$"{ByteText.Of(peak)} peak memory"] : Array.Empty<string>(),
            .. stress.ThrottledShare is double share
                ? [string.Create(CultureInfo.InvariantCulture, $"throttled in {share * 100:0.#} % of the periods")]
                : Array.Empty<string>(),
        ];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(", ", parts)} ({stress.Engine}, {stress.MilliCpus}m CPU, {ByteText.Of(stress.MemoryLimitBytes)}, {stress.Seconds:0.#} s)");
    }

    /// <summary>Says which limits were found, in one line.</summary>
    /// <param name="found">They.</param>
    /// <returns>The line.</returns>
    public static string Line(FoundLimits found) =>
        $"smallest limits: {found.Limits.Cpu} CPU, {found.Limits.Memory} memory; requests: {found.Requests.Cpu}, {found.Requests.Memory}"
        + (found.Environment.Count == 0 ? "" : $"; with {string.Join(' ', found.Environment.Select(v => $"{v.Key}={v.Value}"))}");

    /// <summary>Says what was learned of an image, in one line.</summary>
    /// <param name="profile">It.</param>
    /// <returns>The line.</returns>
    public static string Line(ProfileResult profile) =>
        $"{Count(profile.Seccomp.Syscalls, "system call")} allowed, of which {profile.Syscalls.Count + profile.RuntimeSyscalls.Except(profile.Syscalls).Count()} were seen;"
        + $" the image ran under them ({profile.Engine}, {profile.Tracer})";

    private static string Time(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.#} ms");

    internal static IEnumerable<string> Lines(Delivered delivered) => delivered.Names.Select(
        (name, i) => $"  {(i == 0 ? delivered.Kind : ""),-10} {name}{(i == 0 ? $" ({delivered.Remark})" : "")}");

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
}
