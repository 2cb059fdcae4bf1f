using System.Globalization;

namespace EdgeSlim.Inputs;

/// <summary>What tells two states of a file apart, without reading it.</summary>
internal static class FileStamp
{
    /// <summary>Reads the stamp of a file.</summary>
    /// <param name="path">The file, whose links are followed.</param>
    /// <returns>Its length in bytes and the time of its last change; "-" where there is no such file.</returns>
    public static string Of(string path)
    {
        FileInfo file = new(path);
        if (file.LinkTarget is not null)
        {
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        }

        return file.Exists ? string.Create(CultureInfo.InvariantCulture, $"{file.Length} {file.LastWriteTimeUtc.Ticks}") : "-";
    }
}
