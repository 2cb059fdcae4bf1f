using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>The report of a project that was published.</summary>
internal sealed class PublishedReport
{
    private readonly AgentProject _project;

    public PublishedReport(AgentProject project)
    {
        _project = project;
        using FileStream stream = File.OpenRead(Path.Combine(project.EdgeFolder, "report.json"));
        Root = JsonDocument.Parse(stream).RootElement;
    }

    public JsonElement Root { get; }

    public string Page => Path.Combine(_project.EdgeFolder, "report.html");

    /// <summary>The parts of the executable, largest first: name and bytes.</summary>
    public IReadOnlyList<(string Name, long Bytes)> Parts =>
        [.. Executable.GetProperty("children").EnumerateArray().Select(c => (c.GetProperty("name").GetString()!, c.GetProperty("bytes").GetInt64()))];

    private JsonElement Executable =>
        Root.GetProperty("map").GetProperty("children").EnumerateArray().First(c => c.GetProperty("kind").GetString() == "executable");

    /// <summary>Fails the test unless each part's bytes are those of its own parts, and the executable's those of the file.</summary>
    public void IsExact()
    {
        Exact(Root.GetProperty("map"));
        Assert.AreEqual(new FileInfo(_project.Binary).Length, Executable.GetProperty("bytes").GetInt64());
        Assert.AreEqual(Root.GetProperty("image").GetProperty("uncompressedBytes").GetInt64(), Root.GetProperty("map").GetProperty("bytes").GetInt64());
        Assert.IsLessThan(1_000_000, new FileInfo(Page).Length);
    }

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
