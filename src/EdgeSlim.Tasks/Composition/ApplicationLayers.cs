using EdgeSlim.Oci;
using EdgeSlim.Publishing;

namespace EdgeSlim.Composition;

/// <summary>A file of the payload and what it is in the image.</summary>
/// <param name="File">The file.</param>
/// <param name="Entry">Its entry.</param>
internal sealed record PlacedFile(PayloadFile File, LayerEntry Entry);

/// <summary>
/// Deals the application's files out to layers by how often they change, so that an update sends what changed and not what
/// lies beside it. The runtime is at the bottom and the application on top: a device that unpacks layer by layer keeps what
/// is below the first that is new. Pure.
/// </summary>
internal static class ApplicationLayers
{
    /// <summary>The most layers that EdgeSlim puts on a base.</summary>
    public const int Most = 10;

    public const string Runtime = "runtime";
    public const string Packages = "packages";
    public const string Content = "content";
    public const string Application = "application";

    /// <summary>
    /// Some 64 kB compressed. A layer costs each pull and push a request, and the configuration and manifest some 300
    /// bytes; on a slow link that is as much as sending a few ten thousand bytes more with the application.
    /// </summary>
    public const long LeastBytes = 128 * 1024;

    /// <summary>Plans the layers.</summary>
    /// <param name="files">The files.</param>
    /// <param name="folders">The folders above them and the working directory, by path.</param>
    /// <param name="options">What the user says of the image.</param>
    /// <param name="sourceTime">The time of the source.</param>
    /// <returns>The layers, those that change most on top; none is empty.</returns>
    public static IReadOnlyList<LayerPlan> Plan(
        IReadOnlyList<PlacedFile> files,
        IReadOnlyDictionary<string, LayerEntry> folders,
        ImageOptions options,
        DateTimeOffset sourceTime)
    {
        ILookup<string, PlacedFile> byName = options.Layering == Layering.Single
            ? files.ToLookup(_ => Application)
            : WithoutSmallOnes(files);
        string[] names =
        [
            .. byName.Select(g => g.Key).OrderBy(Rank).ThenBy(n => n, StringComparer.Ordinal),
        ];
        return
        [
            .. names.Select(name => Layer(
                name,
                [.. byName[name].Select(f => f.Entry)],
                // The working directory is there also where no file is in it.
                name == names[^1] ? options.WorkingDirectoryPath : "",
                folders,
                options,
                sourceTime)),
        ];
    }

    private static ILookup<string, PlacedFile> WithoutSmallOnes(IReadOnlyList<PlacedFile> files)
    {
        HashSet<string> small =
        [
            .. files
                .GroupBy(NameOf)
                .Where(g => g.Sum(f => f.File.Size) < LeastBytes && g.All(f => f.File.Layer is null))
                .Select(g => g.Key),
        ];
        return files.ToLookup(f => small.Contains(NameOf(f)) ? Application : NameOf(f));
    }

    private static string NameOf(PlacedFile placed) => placed.File.Layer ?? placed.File.Origin switch
    {
        FileOrigin.Runtime => Runtime,
        FileOrigin.Package => Packages,
        FileOrigin.Content => Content,
        _ => Application,
    };

    private static int Rank(string name) => name switch
    {
        Runtime => 0,
        Packages => 1,
        Content => 3,
        Application => 4,
        _ => 2,
    };

    private static LayerPlan Layer(
        string name,
        IReadOnlyList<LayerEntry> files,
        string workingDirectory,
        IReadOnlyDictionary<string, LayerEntry> folders,
        ImageOptions options,
        DateTimeOffset sourceTime)
    {
        // What an upper layer says of a folder holds, so that each layer says it again.
        IEnumerable<LayerEntry> above = files.Select(f => f.Path)
            .Append(workingDirectory + "/")
            .SelectMany(LayerFiles.FoldersAbove)
            .Distinct()
            .Select(path => folders[path]);
        return new LayerPlan
        {
            Name = name,

            // The time of a commit would make new layers of old files with each commit.
            Time = name == Application ? sourceTime : DateTimeOffset.UnixEpoch,
            HasTimesOfContent = name is not (Application or Runtime or Packages),
            Compression = options.CompressionOf(files.Sum(f => f.Size)),

            // A folder sorts before what is in it, since it is a prefix of its path.
            Entries = [.. files.Concat(above).OrderBy(e => e.Path, StringComparer.Ordinal)],
        };
    }
}
