using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Composition;

/// <summary>
/// What a stage leaves for the stages after it. A file is touched only when its content changes, so that MSBuild sees
/// by its time whether the next stage has anything to do.
/// </summary>
public static class StageFile
{
    /// <summary>Leaves a document.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="document">The document.</param>
    /// <param name="type">How it is written.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The work.</returns>
    /// <exception cref="EdgeException">The file cannot be written.</exception>
    public static Task WriteAsync<T>(
        string path, T document, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        WriteAsync(path, [.. JsonSerializer.SerializeToUtf8Bytes(document, type), (byte)'\n'], cancellationToken);

    /// <summary>Leaves lines of text.</summary>
    /// <param name="path">The file.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The work.</returns>
    /// <exception cref="EdgeException">The file cannot be written.</exception>
    public static Task WriteAsync(string path, IEnumerable<string> lines, CancellationToken cancellationToken) =>
        WriteAsync(path, Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + '\n'))), cancellationToken);

    /// <summary>Reads a document that a stage has left.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="type">How it is read.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The document.</returns>
    /// <exception cref="EdgeException">The file is missing or damaged.</exception>
    public static async Task<T> ReadAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            // Small files: read whole, since the reader for streams costs more to start than they do.
            return JsonSerializer.Deserialize(await File.ReadAllBytesAsync(path, cancellationToken), type)
                ?? throw new JsonException("The document is null.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new EdgeException(e, DiagnosticCodes.StageFileUnreadable, path, e.Message);
        }
    }

    /// <summary>Reads a document that a stage may have left.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="path">The file; empty for none.</param>
    /// <param name="type">How it is read.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The document; null where there is none.</returns>
    /// <exception cref="EdgeException">The file is damaged.</exception>
    public static async Task<T?> ReadIfThereAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
        where T : class => File.Exists(path) ? await ReadAsync(path, type, cancellationToken) : null;

    /// <summary>Deletes what a stage may have left.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="EdgeException">The file cannot be deleted.</exception>
    public static void Delete(string path)
    {
        try
        {
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, path, e.Message);
        }
    }

    /// <summary>Leaves bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its content.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The work.</returns>
    /// <exception cref="EdgeException">The file cannot be written.</exception>
    public static async Task WriteAsync(string path, byte[] content, CancellationToken cancellationToken)
    {
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            byte[]? previous = File.Exists(path) ? await File.ReadAllBytesAsync(path, cancellationToken) : null;
            if (previous is not null && content.AsSpan().SequenceEqual(previous))
            {
                return;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            await File.WriteAllBytesAsync(temporary, content, cancellationToken);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.OutputNotWritable, path, e.Message);
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
