using Microsoft.Build.Framework;

namespace EdgeSlim.Tests;

/// <summary>What a process that builds for the tests is asked for: one line of JSON.</summary>
internal sealed record BuildRequest
{
    /// <summary>The path of the project.</summary>
    public required string Project { get; init; }

    /// <summary>The global properties.</summary>
    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    /// <summary>The targets, in order; none to publish the project and to record that.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>Where the recording of what publishing made goes.</summary>
    public string? Recording { get; init; }

    public LoggerVerbosity Verbosity { get; init; } = LoggerVerbosity.Minimal;

    /// <summary>Variables for the duration of the build.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();
}
