using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeSlim.Publishing;

/// <summary>
/// The list of static web assets that ASP.NET Core reads (<c>*.staticwebassets.endpoints.json</c>). The .NET SDK writes into
/// it when each file was last written on the build machine, which is another time after each checkout.
/// </summary>
internal static class WebAssetManifest
{
    public const string Extension = ".staticwebassets.endpoints.json";

    private const string LastModified = "Last-Modified";

    // As in an image's layers: some second of the first decades after 1970.
    private const uint Decades = 1 << 30;

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Puts times that follow from the content into the place of those of the build machine.</summary>
    /// <param name="manifest">The list.</param>
    /// <returns>The list with the other times; as it was where it is of an unknown form.</returns>
    public static byte[] WithTimesOfContent(byte[] manifest)
    {
        try
        {
            JsonNode? root = JsonNode.Parse(manifest);
            foreach (JsonNode? endpoint in root?["Endpoints"]?.AsArray() ?? [])
            {
                JsonArray headers = endpoint?["ResponseHeaders"]?.AsArray() ?? [];
                string? tag = Find(headers, "ETag")?["Value"]?.GetValue<string>();
                if (tag is not null && Find(headers, LastModified) is { } time)
                {
                    time["Value"] = TimeOf(tag).ToString("R", CultureInfo.InvariantCulture);
                }
            }

            return root is null ? manifest : Encoding.UTF8.GetBytes(root.ToJsonString(Options));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return manifest;
        }
    }

    private static JsonNode? Find(JsonArray headers, string name) =>
        headers.FirstOrDefault(h => string.Equals(h?["Name"]?.GetValue<string>(), name, StringComparison.OrdinalIgnoreCase));

    private static DateTimeOffset TimeOf(string tag) => DateTimeOffset.FromUnixTimeSeconds(
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(tag))) % Decades);
}
