using EdgeSlim.Diagnostics;

namespace EdgeSlim.Composition;

/// <summary>Keeps a second build that writes to the same layout from cleaning up what this one has just written, or delivers.</summary>
internal static class LayoutLock
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits until nobody else writes.</summary>
    /// <param name="path">A file that all runs agree on; it stays when they are done.</param>
    /// <param name="diagnostics">Where to say that it waits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What is closed when the work is done.</returns>
    /// <exception cref="EdgeException">The file cannot be made.</exception>
    public static async Task<FileStream> TakeAsync(string path, IDiagnosticSink? diagnostics, CancellationToken cancellationToken)
    {
        for (int tries = 0; ; tries++)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (IsHeldByAnother(e))
            {
                if (tries == 0)
                {
                    diagnostics?.Important($"Waiting for another build that writes to {Path.GetDirectoryName(Path.GetFullPath(path))}.");
                }

                await Task.Delay(Retry, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, path, e.Message);
            }
        }
    }

    // Windows: ERROR_SHARING_VIOLATION. Unix: the framework's flock failed with EWOULDBLOCK, 11 on Linux, 35 on macOS.
    private static bool IsHeldByAnother(IOException e) =>
        OperatingSystem.IsWindows() ? (e.HResult & 0xFFFF) == 32 : e.HResult is 11 or 35;
}
