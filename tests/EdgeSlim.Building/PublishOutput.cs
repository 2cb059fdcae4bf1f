using System.Xml.Linq;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Execution;

namespace EdgeSlim.Tests;

/// <summary>
/// What the target Publish adds to a project: its items and properties, written as a target of the same name. A project that
/// imports the file has the real output of the compiler without running it.
/// </summary>
internal static class PublishOutput
{
    /// <summary>Item types of the compiler's own bookkeeping, by how their names begin. They are nine tenths of all items.</summary>
    private static readonly string[] Bookkeeping =
    [
        "_AssembliesToSkipPublish", "_Clean", "_ManagedRuntime", "_Reference", "_Resolve", "CoreCompileCache", "FileWrites", "Reference", "ReferencePath",
    ];

    /// <summary>What the stages after publishing find out once more, by how their names begin: of each project, with its own options.</summary>
    private static readonly string[] FoundAgain =
        ["_EdgeSlimAssembly", "_EdgeSlimBase", "_EdgeSlimPackageLibrary", "_EdgeSlimReference"];

    /// <summary>Describes the difference that publishing made.</summary>
    /// <param name="before">The project after the target BeforeBuild ran.</param>
    /// <param name="after">The same project after the target Publish ran.</param>
    /// <returns>A file for MSBuild. Paths in the project's folder are relative to the project that imports it.</returns>
    public static XElement Of(ProjectInstance before, ProjectInstance after)
    {
        // The checks before a build run as ever: they refuse options that have nothing to do with the compiler. So does what decides
        // about packages, with its modules. What the .NET SDK does before it publishes runs last, and finds what it looks for.
        XElement publish = new(
            "Target", new XAttribute("Name", "Publish"), new XAttribute("DependsOnTargets", "BeforeBuild;CollectPackageReferences;PublishOutput"));
        XElement target = new("Target", new XAttribute("Name", "PublishOutput"));

        // What a test sets otherwise stays as it is.
        target.Add(new XElement(
            "PropertyGroup",
            after.Properties
                .Where(p => p.Name != "MSBuildLastTaskResult" && before.GetPropertyValue(p.Name) != p.EvaluatedValue && !after.GlobalProperties.ContainsKey(p.Name))
                .Where(p => !FoundAgain.Any(f => p.Name.StartsWith(f, StringComparison.Ordinal)))
                .OrderBy(p => p.Name, StringComparer.Ordinal)
                .Select(p => new XElement(
                    p.Name,
                    new XAttribute("Condition", $"'$({p.Name})' == '{Portable(before.GetPropertyValue(p.Name))}'"),
                    Portable(p.EvaluatedValue)))));
        foreach (string type in after.ItemTypes.Union(before.ItemTypes).Where(IsOfUse).Order(StringComparer.Ordinal))
        {
            HashSet<string> known = [.. before.GetItems(type).Select(Key)];
            HashSet<string> kept = [.. after.GetItems(type).Select(Key)];
            XElement group = new("ItemGroup");
            group.Add(before.GetItems(type).Where(i => !kept.Contains(Key(i))).Select(i => i.EvaluatedInclude).Distinct()
                .Select(i => new XElement(type, new XAttribute("Remove", Portable(i)))));
            group.Add(after.GetItems(type).Where(i => !known.Contains(Key(i))).Select(i => new XElement(
                type,
                new XAttribute("Include", Portable(i.EvaluatedInclude)),
                new XAttribute("KeepDuplicates", "false"),
                i.Metadata.Select(m => new XElement(m.Name, Portable(m.EvaluatedValue))))));
            if (group.HasElements)
            {
                target.Add(group);
            }
        }

        return new XElement("Project", target, publish);

        string Portable(string value) => ProjectCollection.Escape(value)
            .Replace(ProjectCollection.Escape(before.Directory), "$(MSBuildProjectDirectory)", StringComparison.Ordinal);
    }

    private static bool IsOfUse(string type) =>
        type == "ReferenceCopyLocalPaths" || !Bookkeeping.Concat(FoundAgain).Any(b => type.StartsWith(b, StringComparison.Ordinal));

    private static string Key(ProjectItemInstance item) =>
        string.Join('\n', item.Metadata.Select(m => $"{m.Name}={m.EvaluatedValue}").Order(StringComparer.Ordinal).Prepend(item.EvaluatedInclude));
}
