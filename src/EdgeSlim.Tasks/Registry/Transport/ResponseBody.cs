namespace EdgeSlim.Registry.Transport;

/// <summary>Reads answers that have no business being long.</summary>
internal static class ResponseBody
{
    private const int Limit = 64 * 1024;

    /// <summary>The body, or its start where it is longer than any sensible message.</summary>
    public static async Task<byte[]> ReadStartAsync(this HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[Limit];
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        int count = await stream.ReadAtLeastAsync(buffer, Limit, throwOnEndOfStream: false, cancellationToken);
        return buffer[..count];
    }
}
