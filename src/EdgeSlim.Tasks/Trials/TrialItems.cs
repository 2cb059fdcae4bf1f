using EdgeSlim.Diagnostics;

namespace EdgeSlim.Trials;

/// <summary>Reads the items that a trial is given. Looks whether files are there.</summary>
public static class TrialItems
{
    /// <summary>EdgeTrialEnvironment.</summary>
    /// <param name="items">Name and value of each; of two with one name the last holds.</param>
    /// <returns>The variables.</returns>
    /// <exception cref="EdgeException">A name is none (EDGE6013).</exception>
    public static IReadOnlyDictionary<string, string> Environment(IEnumerable<(string Name, string Value)> items)
    {
        SortedDictionary<string, string> variables = new(StringComparer.Ordinal);
        foreach ((string name, string value) in items)
        {
            variables[name.Contains('=', StringComparison.Ordinal)
                ? throw Invalid("EdgeTrialEnvironment", name, "its name has a '=' in it; the value is the metadata Value")
                : name] = value;
        }

        return variables;
    }

    /// <summary>EdgeTrialMount.</summary>
    /// <param name="include">The item: a file or folder of this machine, or, of the type tmpfs, the path in the container.</param>
    /// <param name="targetPath">Its metadata TargetPath.</param>
    /// <param name="type">Its metadata Type.</param>
    /// <param name="readOnly">Its metadata ReadOnly.</param>
    /// <param name="projectFolder">What relative paths are relative to.</param>
    /// <returns>The mount.</returns>
    /// <exception cref="EdgeException">It cannot be made (EDGE6013).</exception>
    public static TrialMount Mount(string include, string targetPath, string type, string readOnly, string projectFolder)
    {
        bool isMemory = type.Equals("tmpfs", StringComparison.OrdinalIgnoreCase);
        string target = isMemory ? include : targetPath;
        string source = Path.GetFullPath(Path.Combine(projectFolder, include));
        string? wrong =
            type.Length > 0 && !isMemory ? $"its Type is '{type}'; the only one is 'tmpfs'"
            : readOnly.Length > 0 && !bool.TryParse(readOnly, out _) ? $"its ReadOnly is '{readOnly}', and not 'true' or 'false'"
            : !target.StartsWith('/') || target == "/" ? $"it needs an absolute path in the container{(isMemory ? "" : " as TargetPath")}"
            : target.AsSpan().ContainsAny(":,") || (!isMemory && source.AsSpan().ContainsAny(":,")) ? "engines cannot take a ':' or ',' in a path"
            : !isMemory && !Path.Exists(source) ? $"there is no '{source}'"
            : null;
        return wrong is null
            ? new TrialMount(target, isMemory ? null : source, !readOnly.Equals("false", StringComparison.OrdinalIgnoreCase))
            : throw Invalid("EdgeTrialMount", include, wrong);
    }

    private static EdgeException Invalid(string item, string name, string wrong) =>
        new(DiagnosticCodes.InvalidTrialItem, item, name, wrong);
}
