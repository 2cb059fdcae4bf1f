using System.Reflection;
using EdgeSlim.Inputs;
using Microsoft.Build.Execution;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>What MSBuild knows of the project that a task runs in.</summary>
internal static class EvaluatedProject
{
    /// <summary>
    /// Finds it. MSBuild hands tasks no list of properties and items, so this reads a private field of its task host. Where that is not
    /// possible, in another version or another process, there is no answer, and nothing is skipped.
    /// </summary>
    /// <param name="engine">The engine of a task.</param>
    /// <returns>The project; null where it cannot be known.</returns>
    public static ProjectInstance? Of(IBuildEngine engine)
    {
        object? entry = engine.GetType().GetField("_requestEntry", BindingFlags.Instance | BindingFlags.NonPublic)?.GetValue(engine);
        object? configuration = entry?.GetType().GetProperty("RequestConfiguration")?.GetValue(entry);
        return configuration?.GetType().GetProperty("Project")?.GetValue(configuration) as ProjectInstance;
    }

    /// <summary>Describes what a project is made of.</summary>
    /// <param name="project">The project.</param>
    /// <returns>Its content.</returns>
    public static ProjectContent Content(ProjectInstance project) => new(
        project.Properties.Select(p => KeyValuePair.Create(p.Name, p.EvaluatedValue)),
        project.Items.Select(i => new ProjectItem(i.ItemType, i.EvaluatedInclude, i.Metadata.Select(m => KeyValuePair.Create(m.Name, m.EvaluatedValue)))),
        project.ImportPaths.Append(project.FullPath));
}
