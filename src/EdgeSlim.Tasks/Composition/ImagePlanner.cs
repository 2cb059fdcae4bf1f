using EdgeSlim.Bases;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;
using EdgeSlim.Publishing;

namespace EdgeSlim.Composition;

/// <summary>Decides every file, mode, time and word of an image. It reads nothing but its arguments.</summary>
public static class ImagePlanner
{
    private const string OciPrefix = "org.opencontainers.image.";
    private const string OwnPrefix = "dev.edgeslim.";

    /// <summary>Plans an image.</summary>
    /// <param name="options">What the user says of the image.</param>
    /// <param name="payload">The application's files.</param>
    /// <param name="baseImage">The base.</param>
    /// <param name="baseReason">Why this base.</param>
    /// <param name="tags">The tags, already checked.</param>
    /// <param name="sourceTime">The time of the source.</param>
    /// <param name="diagnostics">Where to warn (EDGE3015).</param>
    /// <returns>The plan.</returns>
    /// <exception cref="EdgeException">Something of what the user says cannot be, or the base is for another platform.</exception>
    public static ImagePlan Plan(
        ImageOptions options,
        Payload payload,
        BaseImage baseImage,
        string baseReason,
        IReadOnlyList<string> tags,
        DateTimeOffset sourceTime,
        IDiagnosticSink diagnostics)
    {
        Platform platform = Platform.FromRuntimeIdentifier(options.RuntimeIdentifier)
            ?? throw new EdgeException(
                DiagnosticCodes.InvalidPropertyValue,
                "RuntimeIdentifier",
                options.RuntimeIdentifier,
                Platform.KnownRuntimeIdentifiers);
        RequirePlatform(platform, baseImage);
        SortedDictionary<string, string> labels = Labels(options);
        string workingDirectory = ContainerConfigBuilder.WorkingDirectory(options);
        if (workingDirectory == "/")
        {
            diagnostics.Warning(DiagnosticCodes.RootWorkingDirectory);
        }

        SortedDictionary<string, LayerEntry> entries = new(StringComparer.Ordinal);
        List<PlacedFile> files = Place(payload, workingDirectory, baseImage, entries);
        LayerPlan[] layers =
        [
            .. OfBase(baseImage, entries, options),
            .. ApplicationLayers.Plan(files, entries, options, sourceTime),
        ];
        if (layers.Length > ApplicationLayers.Most)
        {
            throw new EdgeException(
                DiagnosticCodes.TooManyLayers,
                layers.Length,
                ApplicationLayers.Most,
                string.Join(", ", files.Select(f => f.File.Layer).OfType<string>().Distinct().Order(StringComparer.Ordinal)));
        }

        SortedDictionary<string, string> allLabels = AllLabels(labels, baseImage, options.LabelBase);
        return new ImagePlan
        {
            Repository = options.Repository,
            Tags = tags,
            Platform = platform,
            BaseName = baseImage.Name,
            BaseReason = baseReason,
            BaseLayoutFolder = baseImage.LayoutFolder,
            BaseLayers = baseImage.Layers,
            BaseDiffIds = baseImage.Config?.RootFileSystem.DiffIds ?? [],
            BaseHistory = baseImage.Config?.History ?? [],
            Layers = layers,
            Created = sourceTime,
            Config = ContainerConfigBuilder.Build(options, baseImage, allLabels),
            Annotations = Annotations(allLabels),
        };
    }

    // What stands in the place of a base.
    private static IEnumerable<LayerPlan> OfBase(
        BaseImage baseImage, SortedDictionary<string, LayerEntry> own, ImageOptions options)
    {
        List<LayerPlan> layers = baseImage.IsScratch ? [ScratchRootFileSystem.Layer] : [];

        // What the application brings itself is not taken from the build machine.
        SystemFile[] system = [.. baseImage.SystemFiles.Where(f => !own.ContainsKey(f.TargetPath.Trim('/')))];
        if (system.Length > 0)
        {
            layers.Add(SystemLayer.Plan(system, baseImage.Name == Ladder.SlicedName));
        }

        return options.Compression == CompressionFormat.Gzip
            ? layers
            : layers.Select(l => l with { Compression = LayerCompression.Zstd });
    }

    internal static void RequirePlatform(Platform platform, BaseImage baseImage)
    {
        if (baseImage.Config is { } config
            && (config.OperatingSystem != platform.OperatingSystem || config.Architecture != platform.Architecture))
        {
            throw new EdgeException(
                DiagnosticCodes.BaseWrongPlatform,
                baseImage.Name,
                $"{config.OperatingSystem}/{config.Architecture}",
                platform);
        }
    }

    /// <summary>Says what each file is in the image; gathers all paths, folders included.</summary>
    private static List<PlacedFile> Place(
        Payload payload, string workingDirectory, BaseImage baseImage, SortedDictionary<string, LayerEntry> entries)
    {
        List<PlacedFile> placed = [];
        AddFolders(entries, workingDirectory.Trim('/') + "/", baseImage);
        foreach (PayloadFile file in payload.Files)
        {
            string path = ImagePath(file, workingDirectory);
            if (AddFolders(entries, path, baseImage) is LayerEntry inTheWay)
            {
                throw new EdgeException(
                    DiagnosticCodes.DuplicatePath, inTheWay.Source, "a folder for " + file.Source, "/" + inTheWay.Path);
            }

            LayerEntry entry = new()
            {
                Path = path,
                Mode = file.IsExecutable ? LayerEntry.ExecutableMode : LayerEntry.FileMode,
                Source = file.Source,
                Size = file.Size,
                SourceWriteTimeUtc = file.LastWriteTimeUtc,
            };
            if (!entries.TryAdd(path, entry))
            {
                throw new EdgeException(
                    DiagnosticCodes.DuplicatePath, entries[path].Source ?? "a folder", file.Source, "/" + path);
            }

            placed.Add(new PlacedFile(file, entry));
        }

        return placed;
    }

    private static string ImagePath(PayloadFile file, string workingDirectory)
    {
        string target = file.TargetPath.Replace('\\', '/');
        string path = target.StartsWith('/') ? target : workingDirectory + "/" + target;
        string[] parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        bool isValid = parts.Length > 0
            && !target.EndsWith('/')
            && target.Length > 0
            && !parts.Any(p => p is "." or "..")
            && !target.Contains('\0', StringComparison.Ordinal);
        return isValid
            ? string.Join('/', parts)
            : throw new EdgeException(DiagnosticCodes.InvalidTargetPath, file.Source, file.TargetPath);
    }

    /// <summary>Adds the folders above a path; gives the file that stands in the place of one.</summary>
    private static LayerEntry? AddFolders(
        SortedDictionary<string, LayerEntry> entries, string path, BaseImage baseImage)
    {
        for (int slash = path.IndexOf('/', 1); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            string folder = path[..slash];
            if (!entries.TryAdd(folder, Folder(folder, baseImage)) && !entries[folder].IsFolder)
            {
                return entries[folder];
            }
        }

        return null;
    }

    // What an upper layer says of a folder holds: /tmp has to stay everybody's.
    private static LayerEntry Folder(string path, BaseImage baseImage) =>
        (baseImage.IsScratch ? ScratchRootFileSystem.Layer.Entries.FirstOrDefault(e => e.IsFolder && e.Path == path) : null)
        ?? new LayerEntry
        {
            Path = path,
            IsFolder = true,
            Mode = LayerEntry.ExecutableMode,
        };

    private static SortedDictionary<string, string> Labels(ImageOptions options)
    {
        SortedDictionary<string, string> labels = new(StringComparer.Ordinal);
        foreach ((string name, string value) in options.Labels)
        {
            if (name.Length == 0)
            {
                throw new EdgeException(DiagnosticCodes.InvalidLabel, value);
            }

            labels[name] = value;
        }

        return labels;
    }

    // annotations.md: base.* speak of an image whose layers are at the bottom of this one.
    private static SortedDictionary<string, string> AllLabels(
        SortedDictionary<string, string> labels, BaseImage baseImage, bool labelBase)
    {
        SortedDictionary<string, string> all = new(StringComparer.Ordinal);
        foreach ((string name, string value) in baseImage.Config?.Config?.Labels ?? new Dictionary<string, string>())
        {
            // The base's own description does not describe this image.
            if (!IsDescription(name))
            {
                all[name] = value;
            }
        }

        if (labelBase && baseImage.Digest is Digest digest)
        {
            if (!baseImage.IsLocal)
            {
                all[OciPrefix + "base.name"] = baseImage.Name;
            }

            all[OciPrefix + "base.digest"] = digest.ToString();
        }

        foreach ((string name, string value) in labels)
        {
            all[name] = value;
        }

        return all;
    }

    private static SortedDictionary<string, string> Annotations(SortedDictionary<string, string> labels) =>
        new(
            labels
                .Where(l => IsDescription(l.Key))
                .ToDictionary(l => l.Key, l => l.Value),
            StringComparer.Ordinal);

    private static bool IsDescription(string label) =>
        label.StartsWith(OciPrefix, StringComparison.Ordinal) || label.StartsWith(OwnPrefix, StringComparison.Ordinal);
}
