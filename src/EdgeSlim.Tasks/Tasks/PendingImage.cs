using EdgeSlim.Diagnostics;
using EdgeSlim.Inputs;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>An image that is being made. It lives as long as the build, and in one process.</summary>
/// <param name="Inputs">What it is made of, as it was before the build.</param>
/// <param name="Revision">The commit, with <c>-dirty</c> where the work tree differs; empty where unknown.</param>
internal sealed record PendingImage(BuildInputs Inputs, string Revision)
{
    /// <summary>What the tasks of the project say meanwhile.</summary>
    public DiagnosticList Said { get; } = new();

    /// <summary>Keeps it for the tasks of a project that run in this process.</summary>
    /// <param name="engine">The engine of a task.</param>
    /// <param name="project">The project's file.</param>
    public void Register(IBuildEngine engine, string project) =>
        (engine as IBuildEngine4)?.RegisterTaskObject(Key(project), this, RegisteredTaskObjectLifetime.Build, allowEarlyCollection: false);

    /// <summary>Finds it.</summary>
    /// <param name="engine">The engine of a task.</param>
    /// <param name="project">The project's file.</param>
    /// <returns>The image; null where none is being made, or in another process.</returns>
    public static PendingImage? Of(IBuildEngine engine, string project) =>
        (engine as IBuildEngine4)?.GetRegisteredTaskObject(Key(project), RegisteredTaskObjectLifetime.Build) as PendingImage;

    private static string Key(string project) => "EdgeSlim image of " + project;
}
