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

    private static string? First(this HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out HeaderStringValues values) ? values.FirstOrDefault() : null;
}
