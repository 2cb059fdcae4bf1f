using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>The real scanner, with a small database of its own; it asks nobody.</summary>
internal static class Trivy
{
    /// <summary>Where the scanner is: <c>./test</c> says so where it is not on PATH.</summary>
    public static string Program => Environment.GetEnvironmentVariable("EDGESLIM_TEST_TRIVY") is { Length: > 0 } path ? path : "trivy";

    /// <summary>Makes a folder with the database in it, which Trivy opens for writing.</summary>
    /// <param name="folder">Where; for <c>--cache-dir</c>.</param>
    /// <returns>The folder.</returns>
    public static string Database(string folder)
    {
        string database = Directory.CreateDirectory(Path.Combine(folder, "db")).FullName;
        foreach (string file in Directory.GetFiles(Path.Combine(Repository.Root, "tests/assets/trivy-db")))
        {
            File.Copy(file, Path.Combine(database, Path.GetFileName(file)));
        }

        return folder;
    }

    /// <summary>Looks into an image layout.</summary>
    /// <param name="layout">The layout.</param>
    /// <returns>What it reports.</returns>
    public static JsonElement Scan(string layout)
    {
        Command.Require(Program, "trivy");
        using TemporaryFolder folder = new();
        string report = folder["report.json"];
        Command.Run(
            "/", Program, "--cache-dir", Database(folder["cache"]), "image", "--skip-db-update", "--scanners", "vuln",
            "--list-all-pkgs", "--format", "json", "--output", report, "--input", layout).Succeeds();
        return JsonDocument.Parse(File.ReadAllBytes(report)).RootElement;
    }
}
