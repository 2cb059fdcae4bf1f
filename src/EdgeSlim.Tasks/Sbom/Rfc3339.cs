using System.Globalization;

namespace EdgeSlim.Sbom;

/// <summary>Times as documents write them.</summary>
internal static class Rfc3339
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
