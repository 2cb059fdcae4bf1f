using System.Text;
using EdgeSlim.Bases;
using EdgeSlim.Diagnostics;
using EdgeSlim.Oci;

namespace EdgeSlim.Composition;

/// <summary>
/// Plans the layer with what the image gets from the build machine or from another image. Its times are constant: it
/// changes with the packages there and not with the application, and so is sent once.
/// </summary>
internal static class SystemLayer
{
    public static LayerPlan Plan(IReadOnlyList<SystemFile> files)
    {
        SortedDictionary<string, LayerEntry> entries = new(StringComparer.Ordinal);
        foreach (SystemFile file in files)
        {
            string path = file.TargetPath.Trim('/');
            for (int slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
            {
                string folder = path[..slash];
                entries.TryAdd(
                    folder, new LayerEntry { Path = folder, IsFolder = true, Mode = LayerEntry.ExecutableMode });
            }

            entries[path] = Entry(path, file);
        }

        return new LayerPlan
        {
            Name = "system files",
            Time = DateTimeOffset.UnixEpoch,
            Entries = [.. entries.Values],
        };
    }

    private static LayerEntry Entry(string path, SystemFile file)
    {
        if (file.LinkTarget is not null)
        {
            return new LayerEntry { Path = path, Mode = LayerEntry.LinkMode, LinkTarget = file.LinkTarget };
        }

        int mode = file.IsExecutable ? LayerEntry.ExecutableMode : LayerEntry.FileMode;
        if (file.Source is null)
        {
            string text = file.Text ?? "";
            return new LayerEntry { Path = path, Mode = mode, Text = text, Size = Encoding.UTF8.GetByteCount(text) };
        }

        FileInfo source = new(file.Source);
        if (!source.Exists)
        {
            throw new EdgeException(DiagnosticCodes.PayloadFileMissing, file.Source, "the file does not exist");
        }

        return new LayerEntry
        {
            Path = path,
            Mode = mode,
            Source = file.Source,
            Size = source.Length,
            SourceWriteTimeUtc = source.LastWriteTimeUtc,
        };
    }
}
