using System.Text.Json;

namespace EdgeSlim.Tests;

/// <summary>What the tests look at when an image was made.</summary>
internal static class ImageOutput
{
    extension(PublishedProject project)
    {
        /// <summary>The facts.</summary>
        public JsonElement Facts => Read(Path.Combine(project.EdgeFolder, "facts.json"));

        /// <summary>The digest of the image in the layout.</summary>
        public string Digest => DigestOf(project.Layout);

        /// <summary>All that lies in the folders of the output and of the stages, and when it was written.</summary>
        public IReadOnlyList<string> Written =>
        [
            .. new[] { "obj", "bin" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(project.Folder, f), "*", SearchOption.AllDirectories))
                .Select(f => $"{Path.GetRelativePath(project.Folder, f)} {File.GetLastWriteTimeUtc(f):O}")
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The digest of the first image in a layout.</summary>
    public static string DigestOf(string layout) =>
        Read(Path.Combine(layout, "index.json")).GetProperty("manifests")[0].GetProperty("digest").GetString()!;

    public static JsonElement Read(string file)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.Clone();
    }
}
