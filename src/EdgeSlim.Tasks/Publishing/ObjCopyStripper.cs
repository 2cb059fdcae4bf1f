using System.ComponentModel;
using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;

namespace EdgeSlim.Publishing;

/// <summary>Strips with <c>objcopy</c> or <c>llvm-objcopy</c>.</summary>
public sealed class ObjCopyStripper : INativeStripper
{
    /// <inheritdoc/>
    public async Task<string> StripAsync(
        string source, string target, string objCopy, CancellationToken cancellationToken)
    {
        if (File.Exists(target))
        {
            return target;
        }

        string temporary = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            ProcessResult result = await ExternalProcess.RunAsync(
                new ProcessRequest(objCopy, ["--strip-unneeded", source, temporary]), cancellationToken);
            if (result.ExitCode != 0)
            {
                throw new EdgeException(DiagnosticCodes.StripFailed, source, objCopy, result.LastErrorLine);
            }

            File.Move(temporary, target, overwrite: true);
            return target;
        }
        catch (Win32Exception e)
        {
            throw new EdgeException(e, DiagnosticCodes.StripFailed, source, objCopy, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, target, e.Message);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }
}
