using EdgeSlim.Diagnostics;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.LinkChecks;

/// <summary>Whether the interpreter of a script is there (execve(2), "Interpreter scripts").</summary>
internal static class ScriptCheck
{
    private static readonly char[] Blanks = [' ', '\t'];

    /// <summary>Checks a script.</summary>
    /// <param name="image">The image.</param>
    /// <param name="script">The script.</param>
    /// <param name="isFatal">Whether the application does not start without it.</param>
    /// <param name="problems">Where problems are put.</param>
    /// <returns>The programs that run the script.</returns>
    public static IReadOnlyList<ImageEntry> Check(
        ImageContext image, ImageEntry script, bool isFatal, List<Problem> problems)
    {
        string[] words = script.InterpreterLine!.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        List<ImageEntry> programs = [];
        foreach (string name in Programs(words))
        {
            ImageEntry? program = image.FindProgram(name);
            string? why = program is null ? "is not in the image" : image.WhyNotExecutable(program);
            if (why is not null)
            {
                problems.Add(Problem.Of(
                    DiagnosticCodes.ScriptInterpreterMissing, script.Path, name, isFatal, script.Path, Visible(name), why));
                break;
            }

            programs.Add(program!);
        }

        return programs;
    }

    // 'env' finds another program, behind its options and variables.
    private static IEnumerable<string> Programs(string[] words)
    {
        yield return words.FirstOrDefault() ?? "";
        if (words.Length > 1 && words[0].EndsWith("/env", StringComparison.Ordinal)
            && words.Skip(1).FirstOrDefault(w => w[0] != '-' && !w.Contains('=', StringComparison.Ordinal)) is string found)
        {
            yield return found;
        }
    }

    // Windows' line ends are the usual reason why '/bin/sh' is not found.
    private static string Visible(string name) => name.Replace("\r", "\\r", StringComparison.Ordinal);
}
