using System.Net;
using System.Security.Authentication;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Registry.Transport;

/// <summary>Says in EdgeSlim's codes what went wrong.</summary>
internal static class RegistryErrors
{
    /// <summary>An answer that is not one of those that were expected.</summary>
    public static async Task<Exception> FromResponseAsync(
        RegistryEndpoint endpoint, HttpResponseMessage response, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ErrorBody body = await ErrorBody.ReadAsync(response, cancellationToken);
        HttpRequestMessage request = response.RequestMessage!;
        EdgeException failure = Map(endpoint, response.StatusCode, request, body);
        return IsTransient(response.StatusCode)
            ? new TransientRegistryException(failure, response.RetryAfter(now))
            : failure;
    }

    /// <summary>A connection that could not be made or that was lost.</summary>
    public static Exception FromConnection(RegistryName registry, Exception e)
    {
        // The outermost messages say "see inner exception" or "while copying content to a stream".
        var failure = new EdgeException(e, DiagnosticCodes.RegistryUnreachable, registry, ErrorBody.OneLine(e.GetBaseException().Message).TrimEnd('.'));
        bool certificate = e.InnerException is AuthenticationException
            || e is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError };
        return certificate ? failure : new TransientRegistryException(failure) { IsCut = true };
    }

    public static EdgeException Unauthorized(RegistryName registry, string detail, string? credentialOrigin) => new(
        DiagnosticCodes.Unauthorized,
        registry,
        detail,
        credentialOrigin is null ? "no credentials were found for it" : $"the credentials came from {credentialOrigin}");

    public static EdgeException Forbidden(RegistryName registry, HttpRequestMessage request, string detail) => new(
        DiagnosticCodes.Forbidden,
        registry,
        request.Access() == RegistryAccess.Push ? "push to" : "pull from",
        request.Repository(),
        detail);

    public static EdgeException Unexpected(RegistryEndpoint endpoint, HttpRequestMessage request, HttpStatusCode? status, string detail)
    {
        // Without the query: it can hold a signature.
        string path = endpoint.Owns(request.RequestUri!)
            ? request.RequestUri!.AbsolutePath
            : request.RequestUri!.GetLeftPart(UriPartial.Path);
        string answer = status is HttpStatusCode code ? $"{(int)code} {code}" : "something else than the protocol allows";
        return new EdgeException(DiagnosticCodes.UnexpectedResponse, endpoint.Name, answer, request.Method, path, detail);
    }

    public static bool IsTransient(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        || ((int)status >= 500 && status is not (HttpStatusCode.NotImplemented or HttpStatusCode.HttpVersionNotSupported));

    private static EdgeException Map(RegistryEndpoint endpoint, HttpStatusCode status, HttpRequestMessage request, ErrorBody body)
    {
        string? origin = request.CredentialOrigin();
        bool denied = body.Codes.Contains("DENIED");
        // An answer to HEAD has no body.
        string detail = body == ErrorBody.Empty ? $"{(int)status} {status}" : body.Text;
        return status switch
        {
            // Storage behind the registry refuses for reasons of its own; no login there would help.
            _ when !endpoint.Owns(request.RequestUri!) => Unexpected(endpoint, request, status, body.Text),
            HttpStatusCode.Unauthorized when !denied || origin is null => Unauthorized(endpoint.Name, detail, origin),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => Forbidden(endpoint.Name, request, detail),
            _ when denied => Forbidden(endpoint.Name, request, detail),
            _ => Unexpected(endpoint, request, status, body.Text),
        };
    }
}
