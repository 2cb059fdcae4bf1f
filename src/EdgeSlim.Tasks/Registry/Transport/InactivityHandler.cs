namespace EdgeSlim.Registry.Transport;

/// <summary>Gives up on a registry that accepts a request and then hangs; a slow transfer that moves goes on.</summary>
internal sealed class InactivityHandler(InactivityLimit limit, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string subject = $"{request.Method} {request.RequestUri?.AbsolutePath}";
        using InactivityWatch watch = limit.Watch(cancellationToken);
        var blob = request.Content as BlobContent;
        try
        {
            blob?.Progress = watch.Touch;
            HttpResponseMessage response = await base.SendAsync(request, watch.Token);
            response.Content = await WatchAsync(response.Content, $"reading the answer to {subject}", cancellationToken);
            return response;
        }
        catch (Exception e) when (watch.Expired)
        {
            throw limit.Failure(e, $"waiting for the answer to {subject}");
        }
        finally
        {
            blob?.Progress = null;
        }
    }

    private async Task<StreamContent> WatchAsync(HttpContent content, string activity, CancellationToken cancellationToken)
    {
        Stream stream = await content.ReadAsStreamAsync(cancellationToken);
        var watched = new StreamContent(new InactivityStream(stream, limit, activity));
        foreach ((string name, IEnumerable<string> values) in content.Headers)
        {
            watched.Headers.TryAddWithoutValidation(name, values);
        }

        return watched;
    }
}
