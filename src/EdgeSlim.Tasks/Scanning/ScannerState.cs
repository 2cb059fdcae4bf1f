using System.Collections;
using System.Globalization;
using EdgeSlim.Inputs;

namespace EdgeSlim.Scanning;

/// <summary>All that a scanner's answer depends on beside the image: its program, its database, its variables and, of one that updates itself, the day.</summary>
internal static class ScannerState
{
    // Each says when the database was made.
    private static readonly string[] Trivy = ["db/metadata.json"];
    private static readonly string[] Grype = ["metadata.json", "import.json"];

    /// <summary>Reads it.</summary>
    /// <param name="program">The scanner's program.</param>
    /// <param name="database">EdgeScanDatabase; empty for the scanner's own.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="now">The time.</param>
    /// <returns>Its parts, in an order that does not change.</returns>
    public static IReadOnlyList<string> Read(string program, string database, IDictionary environment, DateTime now) =>
    [
        program,
        FileStamp.Of(program),
        // A scanner updates its own database when it is asked, so an answer is good for a day.
        .. database.Length == 0 ? [now.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)] : DatabaseFiles(database).SelectMany(f => (string[])[f, FileStamp.Of(f)]),
        .. environment.Keys.Cast<string>()
            .Where(k => k.StartsWith("TRIVY_", StringComparison.Ordinal) || k.StartsWith("GRYPE_", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(k => $"{k}={environment[k]}"),
    ];

    // A scanner makes other folders beside its database.
    private static IEnumerable<string> DatabaseFiles(string database) => Trivy.Select(f => Path.Combine(database, f))
        .Concat(Directory.Exists(database)
            ? Directory.EnumerateDirectories(database).Order(StringComparer.Ordinal).SelectMany(d => Grype.Select(f => Path.Combine(d, f)))
            : [])
        .Where(File.Exists);
}
