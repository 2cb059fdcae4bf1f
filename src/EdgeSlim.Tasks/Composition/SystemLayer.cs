using EdgeSlim.Bases;
using EdgeSlim.Oci;

namespace EdgeSlim.Composition;

/// <summary>
/// Plans the layer with what the image gets from the build machine or from another image. Its times are constant: it
/// changes with the packages there and not with the application, and so is sent once.
/// </summary>
internal static class SystemLayer
{
    /// <param name="files">The files.</param>
    /// <param name="isOfBase">Whether they are what another base would bring itself, such as the C library.</param>
    public static LayerPlan Plan(IReadOnlyList<SystemFile> files, bool isOfBase)
    {
        LayerFiles layer = new();
        foreach (SystemFile file in files)
        {
            int mode = file.IsExecutable ? LayerEntry.ExecutableMode : LayerEntry.FileMode;
            if (file.LinkTarget is not null)
            {
                layer.AddLink(file.TargetPath, file.LinkTarget);
            }
            else if (file.Source is not null)
            {
                layer.AddFile(file.TargetPath, file.Source, mode);
            }
            else
            {
                layer.AddText(file.TargetPath, file.Text ?? "", mode);
            }
        }

        return new LayerPlan
        {
            Name = "system files",
            Time = DateTimeOffset.UnixEpoch,
            IsOfBase = isOfBase,
            Entries = layer.Entries,
        };
    }
}
