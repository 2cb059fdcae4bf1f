using System.Globalization;

namespace EdgeSlim.Publishing;

/// <summary>
/// Remembers what took a process or a large file to find out, as long as the files that the answer came from are the
/// same. What is on PATH is looked up each time.
/// </summary>
/// <param name="inner">Who is asked for what is not remembered.</param>
/// <param name="remembered">What was found out before.</param>
public sealed class RememberedTools(IToolLookup inner, IReadOnlyList<RememberedAnswer> remembered) : IToolLookup
{
    private readonly List<RememberedAnswer> _answers = [];

    /// <summary>What was found out in this run, remembered or not.</summary>
    public IReadOnlyList<RememberedAnswer> Answers => _answers;

    /// <inheritdoc/>
    public string? Find(string name) => inner.Find(name);

    /// <inheritdoc/>
    public string? FindLibrary(string compilerDriver, CompilationTarget target, string file) => Remember(
        $"{compilerDriver} {string.Join(' ', target.Arguments(compilerDriver))} {file}",
        answer => [inner.Find(compilerDriver), answer],
        () => inner.FindLibrary(compilerDriver, target, file));

    /// <inheritdoc/>
    public bool HasFile(string path) => inner.HasFile(path);

    /// <inheritdoc/>
    public bool Contains(string path, string text) => Remember(
        $"{path} contains {text}",
        _ => [path],
        () => inner.Contains(path, text) ? text : null) is not null;

    private string? Remember(string question, Func<string?, string?[]> sources, Func<string?> ask)
    {
        RememberedAnswer? known = remembered.FirstOrDefault(a => a.Question == question);
        if (known is null || known.Stamp != Stamp(sources(known.Answer)))
        {
            string? answer = ask();
            known = new RememberedAnswer(question, answer, Stamp(sources(answer)));
        }

        _answers.Add(known);
        return known.Answer;
    }

    // What was not there has no time to compare, and is asked for again.
    private static string Stamp(string?[] files) => files.Contains(null)
        ? Guid.NewGuid().ToString()
        : string.Join(' ', files.Select(f =>
            File.GetLastWriteTimeUtc(f!).Ticks.ToString(CultureInfo.InvariantCulture)));
}

/// <summary>An answer about the machine's tools.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="Answer">The answer; null for no.</param>
/// <param name="Stamp">The times of the files that it came from.</param>
public sealed record RememberedAnswer(string Question, string? Answer, string Stamp);
