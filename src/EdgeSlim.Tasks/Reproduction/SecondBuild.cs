using System.ComponentModel;
using EdgeSlim.Builds;
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

    /// <summary>Describes the build.</summary>
    /// <param name="project">The project's file, relative to the work tree; or that of a file-based application.</param>
    /// <param name="properties">The properties of the first build's command line, as MSBuild has escaped them.</param>
    /// <returns>The build.</returns>
    public ChildBuild Build(string project, IReadOnlyDictionary<string, string> properties)
    {
        Dictionary<string, string> all = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string value) in properties.Where(p => !IsOfTheFirst(p.Key)))
        {
            all[name] = PropertyText.Separated(Moved(value));
        }

        foreach ((string name, string value) in OfTheSecond.Append(new("EdgeOutputPath", OutputFolder)))
        {
            all[name] = PropertyText.Literal(value);
        }

        return new ChildBuild(Dotnet, Path.Combine(Copy, project), "EdgeImage", all) { Options = ["-v:m"] };
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

        ProcessRequest request = Build(project, properties).Request;
        request = request with
        {
            OnLine = Take,
            TimeLimit = LongestBuild,
            // The summary of a CI run is about the first.
            Environment = new Dictionary<string, string>(request.Environment) { ["GITHUB_STEP_SUMMARY"] = "" },
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
}
