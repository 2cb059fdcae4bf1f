using System.Formats.Tar;
using EdgeSlim.Oci;

namespace EdgeSlim.Deployment.Bundles;

/// <summary>Writes the files of an archive: no owner, no time, and nothing else that differs between two runs.</summary>
internal static class TarFile
{
    private const UnixFileMode ProgramMode = (UnixFileMode)0b111_101_101;

    public static Task WriteAsync(TarWriter tar, string name, byte[] content, CancellationToken cancellationToken) =>
        WriteAsync(tar, name, new MemoryStream(content), isProgram: false, cancellationToken);

    public static Task WriteAsync(TarWriter tar, string name, Stream content, bool isProgram, CancellationToken cancellationToken) =>
        tar.WriteEntryAsync(
            new UstarTarEntry(TarEntryType.RegularFile, name)
            {
                Mode = isProgram ? ProgramMode : (UnixFileMode)LayerEntry.FileMode,
                ModificationTime = DateTimeOffset.UnixEpoch,
                DataStream = content,
            },
            cancellationToken);
}
