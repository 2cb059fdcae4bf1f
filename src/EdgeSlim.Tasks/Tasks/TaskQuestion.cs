using System.Reflection;
using EdgeSlim.Results;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>
/// What a task asks about an image: the values of all its parameters, so that a new parameter is a part of the question without being
/// added anywhere.
/// </summary>
internal static class TaskQuestion
{
    /// <summary>Reads the question of a task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="kind">What kind of question it is.</param>
    /// <param name="more">What the answer depends on beside the parameters.</param>
    /// <returns>The question.</returns>
    public static Question Of(EdgeTask task, string kind, IEnumerable<string> more) => Question.Of(
        kind,
        [
            .. task.GetType().GetProperties()
                .Where(p => p.CanWrite && typeof(EdgeTask).IsAssignableFrom(p.DeclaringType))
                .Where(p => p.GetCustomAttribute<OutputAttribute>() is null && p.GetCustomAttribute<NotAskedAttribute>() is null)
                .OrderBy(p => p.Name, StringComparer.Ordinal)
                .SelectMany(p => (string[])[p.Name, .. Texts(p.GetValue(task))]),
            .. more,
        ]);

    private static IEnumerable<string> Texts(object? value) => value switch
    {
        null => [],
        ITaskItem[] items => items.SelectMany(i => (string[])
        [
            i.ItemSpec,
            .. i.CloneCustomMetadata().Keys.Cast<string>().Order(StringComparer.Ordinal).SelectMany(m => (string[])[m, i.GetMetadata(m)]),
        ]),
        IEnumerable<string> texts => texts,
        _ => [value.ToString()!],
    };
}

/// <summary>Leaves a parameter out of the question, since the answer does not depend on it.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotAskedAttribute : Attribute;
