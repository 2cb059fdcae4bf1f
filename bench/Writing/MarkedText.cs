namespace EdgeSlim.Bench.Writing;

/// <summary>
/// Text between two comments of a Markdown file, which this program writes: <c>&lt;!-- bench:NAME --&gt;</c> and
/// <c>&lt;!-- /bench:NAME --&gt;</c>.
/// </summary>
internal static class MarkedText
{
    /// <summary>Puts a text between its marks.</summary>
    /// <param name="name">The marks' name.</param>
    /// <param name="text">The text.</param>
    public static string Mark(string name, string text) => $"{Start(name)}\n{text.TrimEnd('\n')}\n{End(name)}";

    /// <summary>Replaces a text in a file, where the file has the marks.</summary>
    /// <param name="path">The file; it need not be there.</param>
    /// <param name="name">The marks' name.</param>
    /// <param name="text">The text.</param>
    public static void Replace(string path, string name, string text)
    {
        string content = File.Exists(path) ? File.ReadAllText(path) : "";
        int start = content.IndexOf(Start(name), StringComparison.Ordinal);
        int end = content.IndexOf(End(name), StringComparison.Ordinal);
        if (start >= 0 && end > start)
        {
            File.WriteAllText(path, content[..start] + Mark(name, text) + content[(end + End(name).Length)..]);
        }
    }

    private static string Start(string name) => $"<!-- bench:{name} -->";

    private static string End(string name) => $"<!-- /bench:{name} -->";
}
