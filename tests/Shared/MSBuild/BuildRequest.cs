using Microsoft.Build.Framework;

namespace EdgeSlim.Tests;

/// <summary>A request to a process that builds for the tests: one line of JSON.</summary>
internal sealed record BuildRequest
{
    /// <summary>The path of the project.</summary>
    public required string Project { get; init; }

    /// <summary>The global properties.</summary>
    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    /// <summary>The targets, in order. They have no effect where <see cref="Recording"/> is set.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>The file that records what publishing the project made; null to build <see cref="Targets"/>.</summary>
    public string? Recording { get; init; }

    public LoggerVerbosity Verbosity { get; init; } = LoggerVerbosity.Minimal;

    /// <summary>Variables for the duration of the build.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();
}
