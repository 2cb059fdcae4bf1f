using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using EdgeSlim.Diagnostics;
using EdgeSlim.RootFileSystems;

namespace EdgeSlim.Trials.Engines;

/// <summary>The files of an image in a folder of this machine, with their owners and modes.</summary>
internal static class RootFolder
{
    private const UnixFileMode Any = (UnixFileMode)0b111_111_111_111;

    /// <summary>Unpacks an image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="folder">The folder, which is there and empty.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="EdgeException">A layer cannot be read (EDGE3012), or the folder cannot be written (EDGE3010).</exception>
    public static void Unpack(TrialImage image, string folder, CancellationToken cancellationToken)
    {
        using SpooledFileSystem files = SpooledFileSystem.Unpack(
            image.Layout, image.Image.Manifest.Layers, Path.GetDirectoryName(folder)!, cancellationToken);
        try
        {
            UnpackFolder("/", files, folder, cancellationToken);

            // Engines give each container one of its own: 'localhost' is looked up in it.
            string hosts = folder + "/etc/hosts";
            if (files.Find("/etc/hosts") is null && files.Find("/etc") is null or { Kind: ImageEntryKind.Folder })
            {
                Directory.CreateDirectory(folder + "/etc");
                File.WriteAllText(hosts, "127.0.0.1 localhost\n");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, folder, e.Message);
        }
    }

    // The paths are real: no link stands above an entry, so nothing is written outside the folder.
    private static void UnpackFolder(string path, SpooledFileSystem files, string root, CancellationToken cancellationToken)
    {
        foreach (ImageEntry entry in files.List(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string target = root + entry.Path;
            switch (entry.Kind)
            {
                case ImageEntryKind.Folder:
                    Directory.CreateDirectory(target);
                    UnpackFolder(entry.Path, files, root, cancellationToken);
                    break;
                case ImageEntryKind.File:
                    using (FileStream file = new(target, FileMode.CreateNew))
                    using (Stream content = files.Open(entry.Source!))
                    {
                        content.CopyTo(file);
                    }

                    break;
                case ImageEntryKind.Link:
                    File.CreateSymbolicLink(target, entry.LinkTarget!);
                    break;
                default:
                    continue;
            }

            Own(target, entry.UserId, entry.GroupId);
            if (entry.Kind != ImageEntryKind.Link && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(target, (UnixFileMode)entry.Mode & Any);
            }
        }
    }

    private static void Own(string path, int userId, int groupId)
    {
        if (Environment.IsPrivilegedProcess && lchown(Encoding.UTF8.GetBytes(path + "\0"), userId, groupId) != 0)
        {
            throw new IOException($"{path}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int lchown(byte[] path, int userId, int groupId);
}
