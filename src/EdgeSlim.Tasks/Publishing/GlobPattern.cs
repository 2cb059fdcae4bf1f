using System.Text;
using System.Text.RegularExpressions;

namespace EdgeSlim.Publishing;

/// <summary>
/// A glob as MSBuild items have it: <c>?</c> and <c>*</c> stay within a folder, <c>**</c> goes across folders.
/// </summary>
public sealed class GlobPattern
{
    private readonly Regex _expression;

    /// <summary>Reads a glob.</summary>
    /// <param name="pattern">The glob; back slashes count as slashes.</param>
    public GlobPattern(string pattern)
    {
        StringBuilder expression = new(@"\A");
        string text = pattern.Replace('\\', '/');
        for (int i = 0; i < text.Length; i++)
        {
            if (text.AsSpan(i).StartsWith("**/"))
            {
                expression.Append("(.*/)?");
                i += 2;
            }
            else if (text.AsSpan(i).StartsWith("**"))
            {
                expression.Append(".*");
                i++;
            }
            else
            {
                expression.Append(text[i] switch
                {
                    '*' => "[^/]*",
                    '?' => "[^/]",
                    char other => Regex.Escape(other.ToString()),
                });
            }
        }

        _expression = new Regex(
            expression.Append(@"\z").ToString(),
            RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.Singleline);
    }

    /// <summary>Whether a path matches.</summary>
    /// <param name="path">The path, with slashes.</param>
    /// <returns>Whether it matches.</returns>
    public bool IsMatch(string path) => _expression.IsMatch(path);
}
