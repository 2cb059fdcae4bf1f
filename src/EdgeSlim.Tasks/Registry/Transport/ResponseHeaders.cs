using System.Globalization;
using System.Net.Http.Headers;
using EdgeSlim.Oci;

namespace EdgeSlim.Registry.Transport;

/// <summary>Reads the headers of answers that the protocol gives a meaning.</summary>
internal static class ResponseHeaders
{
    // Not Headers.Location: on Unix that takes "/v2/..." for the path of a file.
    public static string? LocationText(this HttpResponseMessage response) => response.First("Location");

    public static Digest? ContentDigest(this HttpResponseMessage response) =>
        Digest.TryParse(response.First("Docker-Content-Digest"), out Digest digest) ? digest : null;

    /// <summary>How long the registry asks to be left alone.</summary>
    public static TimeSpan? RetryAfter(this HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        RetryConditionHeaderValue { Delta: TimeSpan delta } => delta,
        RetryConditionHeaderValue { Date: DateTimeOffset date } => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };

    /// <summary>How many bytes of an upload the registry has (<c>Range: 0-N</c>); null where it does not say.</summary>
    public static long? UploadedBytes(this HttpResponseMessage response)
    {
        string[] ends = (response.First("Range") ?? "").Replace("bytes=", "", StringComparison.Ordinal).Split('-');
        return ends is ["0", string last] && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out long end)
            // "0-0" is what registries say of nothing as well as of one byte; no chunk is one byte long.
            ? end == 0 ? 0 : end + 1
            : null;
    }

    /// <summary>How long a chunk has to be, but for the last.</summary>
    public static long SmallestChunk(this HttpResponseMessage response) =>
        long.TryParse(response.First("OCI-Chunk-Min-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out long length) ? length : 0;

    /// <summary>Where a list goes on (RFC 8288, <c>rel="next"</c>), on the same host; null at its end.</summary>
    public static Uri? NextPage(this HttpResponseMessage response, Uri page)
    {
        string link = response.First("Link") ?? "";
        int start = link.IndexOf('<', StringComparison.Ordinal);
        int end = link.IndexOf('>', StringComparison.Ordinal);
        return start >= 0 && end > start && link[end..].Contains("next", StringComparison.OrdinalIgnoreCase)
            && Uri.TryCreate(page, link[(start + 1)..end], out Uri? next) && next.Authority == page.Authority && next.Scheme == page.Scheme
            ? next
            : null;
    }

    public static string? First(this HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out HeaderStringValues values) ? values.FirstOrDefault() : null;
}
