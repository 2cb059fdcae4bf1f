using System.Text.RegularExpressions;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Publishing.Modules;

/// <summary>
/// Finds modules that the code names and that there are not. <c>#if</c> takes any word without complaint; for
/// <c>EdgeModules.Name</c> the compiler would complain of its own, but not say which there are. Pure.
/// </summary>
internal static partial class ModuleUses
{
    /// <summary>Looks through a source file.</summary>
    /// <param name="path">The file's path, for messages.</param>
    /// <param name="source">What it holds.</param>
    /// <param name="modules">The modules that there are.</param>
    /// <returns>A failure for each name that there is not (EDGE1031).</returns>
    public static IEnumerable<EdgeException> FindUnknown(string path, string source, IReadOnlyList<EdgeModule> modules)
    {
        HashSet<string> known = [.. modules.Select(m => m.Name.Constant), .. modules.Select(m => m.Name.Property)];
        string all = string.Join(", ", modules.Select(m => m.Name.Text));
        string[] lines = source.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i];
            bool isDirective = Directive().IsMatch(line);
            foreach (Match match in (isDirective ? Constant() : Property()).Matches(line))
            {
                // A comment or a text may say what it likes.
                if (!known.Contains(match.Groups[1].Value) && (isDirective || !IsInText(line, match.Index)))
                {
                    yield return new EdgeException(DiagnosticCodes.UnknownModule, match.Value, path, all)
                    {
                        Location = new SourceLocation(path, i + 1, match.Index + 1),
                    };
                }
            }
        }
    }

    private static bool IsInText(string line, int index)
    {
        string before = line[..index];
        return before.Contains("//", StringComparison.Ordinal)
            || before.TrimStart().StartsWith('*')
            || before.Count(c => c == '"') % 2 == 1;
    }

    [GeneratedRegex(@"^\s*#\s*(if|elif)\b")]
    private static partial Regex Directive();

    [GeneratedRegex(@"\b(EDGE_MODULE_\w+)")]
    private static partial Regex Constant();

    [GeneratedRegex(@"(?<![\w.])EdgeModules\.([A-Za-z]\w*)")]
    private static partial Regex Property();
}
