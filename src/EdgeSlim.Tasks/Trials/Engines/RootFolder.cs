using System.ComponentModel;
using System.Runtime.InteropServices;
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
    /// <param name="hasUsers">Whether the trial has a user namespace, which decides whose root's files are.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="EdgeException">A layer cannot be read (EDGE3012), or the folder cannot be written (EDGE3010).</exception>
    public static void Unpack(TrialImage image, string folder, bool hasUsers, CancellationToken cancellationToken)
    {
        using SpooledFileSystem files = SpooledFileSystem.Unpack(
            image.Layout, image.Image.Manifest.Layers, Path.GetDirectoryName(folder)!, cancellationToken);
        try
        {
            Own(folder, 0, 0, hasUsers);
            UnpackFolder("/", files, folder, hasUsers, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, folder, e.Message);
        }
    }

    // The paths are real: no link stands above an entry, so nothing is written outside the folder.
    private static void UnpackFolder(string path, SpooledFileSystem files, string root, bool hasUsers, CancellationToken cancellationToken)
    {
        foreach (ImageEntry entry in files.List(path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            string target = root + entry.Path;
            switch (entry.Kind)
            {
                case ImageEntryKind.Folder:
                    Directory.CreateDirectory(target);
                    UnpackFolder(entry.Path, files, root, hasUsers, cancellationToken);
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

            Own(target, entry.UserId, entry.GroupId, hasUsers);
            if (entry.Kind != ImageEntryKind.Link && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(target, (UnixFileMode)entry.Mode & Any);
            }
        }
    }

    private static void Own(string path, int userId, int groupId, bool hasUsers)
    {
        if (Environment.IsPrivilegedProcess
            && !UserNamespace.TryOwn(path, UserNamespace.Map(userId, hasUsers), UserNamespace.Map(groupId, hasUsers)))
        {
            throw new IOException($"{path}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");
        }
    }
}
