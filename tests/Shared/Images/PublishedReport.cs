using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>The report of an image.</summary>
internal sealed class PublishedReport
{
    private readonly string _folder;
    private readonly string _executable;

    /// <summary>Reads it.</summary>
    /// <param name="folder">The folder <c>edge</c> of the output.</param>
    /// <param name="executable">The executable in the image.</param>
    public PublishedReport(string folder, string executable)
    {
        _folder = folder;
        _executable = executable;
        using FileStream stream = File.OpenRead(Path.Combine(folder, "report.json"));
        Root = JsonDocument.Parse(stream).RootElement;
    }

    public JsonElement Root { get; }

    public string Page => Path.Combine(_folder, "report.html");

    /// <summary>The parts of the executable, largest first: name and bytes.</summary>
    public IReadOnlyList<(string Name, long Bytes)> Parts =>
        [.. Executable.GetProperty("children").EnumerateArray().Select(c => (c.GetProperty("name").GetString()!, c.GetProperty("bytes").GetInt64()))];

    /// <summary>What could be smaller, in the report's order: the rule, the bytes, the title and the text.</summary>
    public IReadOnlyList<(string Rule, long Bytes, string Text)> Advice =>
    [
        .. Root.GetProperty("advice").EnumerateArray().Select(a => (
            a.GetProperty("rule").GetString()!,
            a.GetProperty("bytes").GetInt64(),
            $"{a.GetProperty("title").GetString()} {a.GetProperty("text").GetString()}")),
    ];

    private JsonElement Map => Root.GetProperty("map");

    private JsonElement Executable =>
        Map.GetProperty("children").EnumerateArray().First(c => c.GetProperty("kind").GetString() is "executable" or "bundle");

    /// <summary>The names of all parts of a kind.</summary>
    public IReadOnlyList<string> Names(string kind) =>
        [.. All(Map).Where(n => n.GetProperty("kind").GetString() == kind).Select(n => n.GetProperty("name").GetString()!)];

    /// <summary>Fails the test unless each part's bytes are those of its own parts, and the executable's those of the file.</summary>
    public void IsExact()
    {
        Exact(Map);
        Assert.AreEqual(new FileInfo(_executable).Length, Executable.GetProperty("bytes").GetInt64());
        Assert.AreEqual(Root.GetProperty("image").GetProperty("uncompressedBytes").GetInt64(), Map.GetProperty("bytes").GetInt64());
        Assert.IsLessThan(1_000_000, new FileInfo(Page).Length);
    }

    private static IEnumerable<JsonElement> All(JsonElement node) => node.TryGetProperty("children", out JsonElement children)
        ? children.EnumerateArray().SelectMany(All).Prepend(node)
        : [node];

    private static void Exact(JsonElement node)
    {
        if (node.TryGetProperty("children", out JsonElement children))
        {
            Assert.AreEqual(node.GetProperty("bytes").GetInt64(), children.EnumerateArray().Sum(c => c.GetProperty("bytes").GetInt64()));
            foreach (JsonElement child in children.EnumerateArray())
            {
                Exact(child);
            }
        }
    }
}
