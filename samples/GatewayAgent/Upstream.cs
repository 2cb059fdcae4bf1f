namespace GatewayAgent;

/// <summary>Where readings are forwarded to.</summary>
/// <param name="client">The https client.</param>
/// <param name="address">The address.</param>
public sealed class Upstream(HttpClient client, Uri address)
{
    private long _forwarded;
    private long _failed;

    /// <summary>How many readings arrived there.</summary>
    public long Forwarded => Interlocked.Read(ref _forwarded);

    /// <summary>How many did not.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Forwards readings.</summary>
    /// <returns>Whether they arrived.</returns>
    public async Task<bool> SendAsync(Reading[] readings, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response =
                await client.PostAsJsonAsync(address, readings, GatewayJson.Default.ReadingArray, cancellationToken);
            response.EnsureSuccessStatusCode();
            Interlocked.Add(ref _forwarded, readings.Length);
            return true;
        }
        catch (HttpRequestException)
        {
            Interlocked.Add(ref _failed, readings.Length);
            return false;
        }
    }
}
