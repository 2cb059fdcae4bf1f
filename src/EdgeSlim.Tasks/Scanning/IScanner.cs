using System.Text.Json;
using EdgeSlim.Processes;

namespace EdgeSlim.Scanning;

/// <summary>How a scanner is asked, and what its answers mean.</summary>
internal interface IScanner
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Whether it needs a database that is not there.</summary>
    /// <returns>What is missing; null where nothing is known to be.</returns>
    string? MissingDatabase(string database);

    /// <summary>The commands that look into an image, and what its makers know to be in it.</summary>
    IReadOnlyList<ProcessRequest> Commands(string program, ScanTarget target);

    /// <summary>Whether an error says that there is no database.</summary>
    bool SaysNoDatabase(string error);

    /// <summary>Reads an answer.</summary>
    IEnumerable<Finding> Read(JsonElement answer);
}

/// <summary>What is to be scanned, and with what.</summary>
/// <param name="LayoutFolder">The image layout.</param>
/// <param name="SbomFile">The document that names what the image is made of, and what was left out.</param>
/// <param name="Database">EdgeScanDatabase; empty for the scanner's own.</param>
/// <param name="Reference">EdgeScanReference; empty for none.</param>
/// <param name="Arguments">EdgeScanArgs.</param>
internal sealed record ScanTarget(
    string LayoutFolder, string SbomFile, string Database, string Reference, IReadOnlyList<string> Arguments);
