using EdgeSlim.Diagnostics;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.LinkChecks;

/// <summary>What a container of the image starts: whether it is there and can be executed.</summary>
internal static class EntryPointCheck
{
    /// <summary>Finds the programs that are started.</summary>
    /// <param name="image">The image.</param>
    /// <param name="problems">Where problems are put.</param>
    /// <returns>The program, and those that it is told to start: absolute paths among its arguments.</returns>
    public static IReadOnlyList<ImageEntry> Find(ImageContext image, List<Problem> problems)
    {
        string[] command = [.. image.Config.Entrypoint ?? [], .. image.Config.Cmd ?? []];
        if (command.Length == 0 || command[0].Length == 0)
        {
            problems.Add(Of("", "it has neither an entry point nor a command"));
            return [];
        }

        if (image.FindProgram(command[0]) is not ImageEntry first)
        {
            problems.Add(Of(command[0], $"'{command[0]}' is not in the image"));
            return [];
        }

        if (image.WhyNotExecutable(first) is string why)
        {
            problems.Add(Of(first.Path, $"'{first.Path}' {why}"));
            return [];
        }

        if (first.Elf is null && first.InterpreterLine is null && first.Damage is null)
        {
            problems.Add(Of(first.Path, $"'{first.Path}' is neither a program nor a script"));
            return [];
        }

        IEnumerable<ImageEntry> others = command.Skip(1)
            .Where(a => a.StartsWith('/'))
            .Select(image.Files.Find)
            .OfType<ImageEntry>()
            .Where(f => image.WhyNotExecutable(f) is null && (f.Elf?.File.IsExecutable == true || f.InterpreterLine is not null));
        return [.. others.Prepend(first).DistinctBy(f => f.Path)];
    }

    private static Problem Of(string file, string seen) =>
        Problem.Of(DiagnosticCodes.NotStartable, file, missing: null, isFatal: true, seen);
}
