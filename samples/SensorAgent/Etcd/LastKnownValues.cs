using System.Text.Json;

namespace SensorAgent.Etcd;

/// <summary>The values that were known last, in a file, for a start without etcd.</summary>
internal sealed class LastKnownValues(string file)
{
    public string File => file;

    /// <summary>Reads them.</summary>
    /// <returns>The values, and when they were written; null where there are none.</returns>
    public (IDictionary<string, string?> Values, DateTime Time)? Read()
    {
        try
        {
            Dictionary<string, string?>? values =
                JsonSerializer.Deserialize(System.IO.File.ReadAllBytes(file), EtcdJson.Default.DictionaryStringString);
            return values is null
                ? null
                : (new Dictionary<string, string?>(values, StringComparer.OrdinalIgnoreCase), System.IO.File.GetLastWriteTimeUtc(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes them, whole or not at all.</summary>
    /// <returns>Why that was not possible; null where it was.</returns>
    public string? Write(IDictionary<string, string?> values)
    {
        string temporary = $"{file}.tmp";
        try
        {
            System.IO.File.WriteAllBytes(
                temporary, JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string?>(values), EtcdJson.Default.DictionaryStringString));
            System.IO.File.Move(temporary, file, overwrite: true);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }
}
