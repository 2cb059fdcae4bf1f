using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Bases.Locking;

/// <summary>Reads and writes the lock file.</summary>
public static partial class BaseLockFile
{
    /// <summary>Reads a lock file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The lock; null where there is no such file.</returns>
    /// <exception cref="EdgeException">It is no lock file (EDGE2065).</exception>
    public static BaseLock? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            BaseLock found = JsonSerializer.Deserialize(File.ReadAllBytes(path), LockJson.Documents.BaseLock)
                ?? throw new JsonException("The document is null.");
            if (found.Bases.Any(b => b is null || b.Platforms.Any(p => p is null)))
            {
                throw new JsonException("An element of a list is null.");
            }

            return found.Version == BaseLock.CurrentVersion
                ? found
                : throw new JsonException($"Its version is {found.Version}, but {BaseLock.CurrentVersion} is known.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new EdgeException(e, DiagnosticCodes.LockFileUnreadable, path, e.Message);
        }
    }

    /// <summary>Writes a lock file, in one step. A file that says the same already is left alone.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">The lock.</param>
    /// <returns>Whether the file changed.</returns>
    /// <exception cref="EdgeException">It cannot be written (EDGE3010).</exception>
    public static bool Write(string path, BaseLock content)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(content, LockJson.Documents.BaseLock), (byte)'\n'];
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
            {
                return false;
            }

            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
            return true;
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

    [JsonSerializable(typeof(BaseLock))]
    private sealed partial class LockJson : JsonSerializerContext
    {
        public static LockJson Documents { get; } = new(new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectNullableAnnotations = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            NewLine = "\n",
            WriteIndented = true,
        });
    }
}
