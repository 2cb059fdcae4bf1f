using System.Globalization;
using System.Text.RegularExpressions;
using EdgeSlim.Diagnostics;
using EdgeSlim.Elf;
using EdgeSlim.Processes;

namespace EdgeSlim.Trials.Verdicts;

/// <summary>Adds files and lines to the stack traces of a Native AOT application, with its symbols.</summary>
/// <param name="symbolsFile">The symbols of the executable.</param>
/// <param name="addressReader">The program that knows which line an address is of: addr2line, of the binary utilities or of LLVM.</param>
/// <param name="sourceRoot">The repository, or the project's folder: what the paths in the symbols are relative to.</param>
internal sealed partial class StackResolver(string symbolsFile, string addressReader, string sourceRoot)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    /// <summary>Adds them.</summary>
    /// <param name="lines">What an application said.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The lines; each as it was where its place is not known.</returns>
    public async Task<IReadOnlyList<string>> ResolveAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        StackFrame?[] frames = [.. lines.Select(StackFrame.Parse)];
        if (frames.All(f => f is null))
        {
            return lines;
        }

        try
        {
            ulong?[] addresses = Addresses(frames);
            string[] places = await PlacesAsync([.. addresses.OfType<ulong>()], cancellationToken);
            int next = 0;
            return [.. lines.Select((line, i) => addresses[i] is not null && next < places.Length && PlaceOf(places[next++]) is string place ? $"{line} in {place}" : line)];
        }
        catch (Exception e) when (e is EdgeException or IOException or UnauthorizedAccessException)
        {
            // The stack trace is of use without them.
            return lines;
        }
    }

    private ulong?[] Addresses(StackFrame?[] frames)
    {
        using FileStream stream = File.OpenRead(symbolsFile);
        IReadOnlyList<ElfFunction> functions = ElfReader.TryOpen(stream, symbolsFile)?.ReadFunctions() ?? [];

        // What several functions fit is not known. An address after a call is that of the next instruction.
        return [.. frames.Select(f => f is not null && functions.Where(c => f.IsIn(c.Name)).Take(2).ToArray() is [ElfFunction only] ? only.Address + f.Offset - 1 : (ulong?)null)];
    }

    private async Task<string[]> PlacesAsync(ulong[] addresses, CancellationToken cancellationToken)
    {
        string[] arguments = ["-e", symbolsFile, .. addresses.Select(a => string.Create(CultureInfo.InvariantCulture, $"0x{a:x}"))];
        ProcessResult result = await ExternalProcess.RunAsync(new ProcessRequest(addressReader, arguments) { TimeLimit = Limit }, cancellationToken);
        return result.ExitCode == 0 && addresses.Length > 0 ? result.Output.TrimEnd().Split('\n') : [];
    }

    // For code that has no lines of its own, the program names a line of other code, such as the framework's. A file of the application is
    // there.
    private string? PlaceOf(string place) => Known().Match(place) is { Success: true } match && File.Exists(Path.Combine(sourceRoot, match.Groups["file"].Value))
        ? $"{match.Groups["file"].Value}:line {match.Groups["line"].Value}"
        : null;

    // EdgeSlim compiles with paths that are relative to the repository.
    [GeneratedRegex(@"\A/_/(?<file>.+):(?<line>[1-9][0-9]*)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Known();
}
