using System.ComponentModel;
using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;

namespace EdgeSlim.Reproduction;

/// <summary>Builds an image again, in another folder and with the same properties.</summary>
/// <param name="Dotnet">The dotnet program.</param>
/// <param name="Original">The work tree that the properties speak of.</param>
/// <param name="Copy">The work tree that is built.</param>
/// <param name="OutputFolder">Where the image goes.</param>
public sealed record SecondBuild(string Dotnet, string Original, string Copy, string OutputFolder)
{
    private const int MostShown = 3;

    private static readonly TimeSpan LongestBuild = TimeSpan.FromHours(4);

    /// <summary>Folders of the first build, and what the two builds do not share.</summary>
    private static readonly string[] OfTheFirst =
    [
        "PublishDir", "OutDir", "OutputPath", "BaseOutputPath", "BaseIntermediateOutputPath", "IntermediateOutputPath",
        "MSBuildProjectExtensionsPath", "ArtifactsPath", "MSBuildRestoreSessionId", "MSBuildIsRestoring", "ExcludeRestorePackageImports",
    ];

    /// <summary>How the names of those properties begin that tell one build of EdgeSlim from another.</summary>
    private const string OwnPrefix = "_EdgeSlim";

    /// <summary>The second image is made to be compared and for nothing else. The cache would give back what the first build left there.</summary>
    private static readonly Dictionary<string, string> OfTheSecond = new()
    {
        ["ContainerRegistry"] = "",
        ["ContainerArchiveOutputPath"] = "",
        ["EdgeLoad"] = "false",
        ["EdgeDigestFile"] = "",
        ["EdgeScan"] = "off",
        ["EdgePolicy"] = "off",
        ["EdgeTrial"] = "off",
        ["EdgeMaxImageSize"] = "",
        ["EdgeMaxGrowth"] = "",
        ["EdgeDebugImage"] = "false",
        ["EdgeManifests"] = "false",
        ["EdgeGitOpsDir"] = "",
        ["EdgeProvenance"] = "false",
        ["EdgePushSymbols"] = "false",
        ["EdgeSign"] = "off",
        ["EdgeCacheMaxBytes"] = "0",
    };

    private static bool IsOfTheFirst(string name) =>
        OfTheFirst.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>What MSBuild is started with.</summary>
    /// <param name="project">The project's file, relative to the work tree.</param>
    /// <param name="properties">The properties of the first build's command line.</param>
    /// <returns>The arguments.</returns>
    public IReadOnlyList<string> Arguments(string project, IReadOnlyDictionary<string, string> properties)
    {
        SortedDictionary<string, string> all = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in properties.Where(p => !IsOfTheFirst(p.Key)))
        {
            all[name] = Moved(value);
        }

        foreach ((string name, string value) in OfTheSecond.Append(new("EdgeOutputPath", OutputFolder)))
        {
            all[name] = value;
        }

        return
        [
            "msbuild", Path.Combine(Copy, project), "-restore", "-t:EdgeImage", "-nologo", "-v:m", "-tl:off", "-nodeReuse:false",
            .. all.Select(p => $"-p:{p.Key}={Escaped(p.Value)}"),
        ];
    }

    /// <summary>Builds it.</summary>
    /// <param name="project">The project's file, relative to the work tree.</param>
    /// <param name="properties">The properties of the first build's command line.</param>
    /// <param name="diagnostics">Takes what the build says.</param>
    /// <param name="cancellationToken">Ends the build.</param>
    /// <exception cref="EdgeException">It fails (EDGE5043).</exception>
    public async Task RunAsync(
        string project, IReadOnlyDictionary<string, string> properties, IDiagnosticSink diagnostics, CancellationToken cancellationToken)
    {
        List<string> errors = [];
        void Take(string line)
        {
            diagnostics.Detail(line);
            if (line.Contains(": error ", StringComparison.Ordinal))
            {
                lock (errors)
                {
                    errors.Add(line.Trim());
                }
            }
        }

        ProcessRequest request = new(Dotnet, Arguments(project, properties))
        {
            WorkingFolder = Path.GetDirectoryName(Path.Combine(Copy, project))!,
            OnLine = Take,
            TimeLimit = LongestBuild,
            // The summary of a CI run is about the first.
            Environment = new Dictionary<string, string>
            {
                ["MSBUILDDISABLENODEREUSE"] = "1",
                ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
                ["GITHUB_STEP_SUMMARY"] = "",
            },
        };
        try
        {
            ProcessResult result = await ExternalProcess.RunAsync(request, cancellationToken);
            // Ctrl+C ends both at once.
            cancellationToken.ThrowIfCancellationRequested();
            if (result.ExitCode != 0)
            {
                string[] distinct = [.. errors.Distinct()];
                throw new EdgeException(
                    DiagnosticCodes.SecondBuildFailed,
                    distinct.Length == 0
                        ? $"exit code {result.ExitCode}"
                        : string.Join(" / ", distinct.Take(MostShown)) + (distinct.Length > MostShown ? $" and {distinct.Length - MostShown} more" : ""));
            }
        }
        catch (Win32Exception e)
        {
            throw new EdgeException(e, DiagnosticCodes.SecondBuildFailed, e.Message);
        }
    }

    // A path in the work tree is one in the copy.
    private string Moved(string value) =>
        value == Original || value.StartsWith(Original + "/", StringComparison.Ordinal) ? Copy + value[Original.Length..] : value;

    private static string Escaped(string value) => value
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace(";", "%3B", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal)
        .Replace("\"", "%22", StringComparison.Ordinal);
}
