using System.Globalization;
using System.Text.Json;
using EdgeSlim.Diagnostics;

namespace EdgeSlim.Registry.Credentials;

/// <summary>Asks a credential helper.</summary>
/// <param name="helper">Its name, without <c>docker-credential-</c>.</param>
/// <param name="server">The server, as the helper knows it.</param>
/// <param name="cancellationToken">Gives up.</param>
/// <returns>The credentials; null where the helper has none.</returns>
internal delegate Task<Credential?> CredentialHelperCall(string helper, string server, CancellationToken cancellationToken);

/// <summary>One file with credentials, as podman and docker write it, and the helpers that it names.</summary>
internal sealed class AuthFileCredentialSource(string path, CredentialHelperCall helper) : ICredentialSource
{
    public async Task<Credential?> FindAsync(CredentialRequest request, CancellationToken cancellationToken)
    {
        if (await ReadAsync(cancellationToken) is not AuthFile file)
        {
            return null;
        }

        string server = AuthFile.HelperKey(request.Registry);
        if (file.HelperFor(request.Registry) is string own)
        {
            return await helper(own, server, cancellationToken);
        }

        if (file.EntryFor(request.Registry, request.Repository) is AuthEntry entry)
        {
            try
            {
                return entry.ToCredential($"the file {path}");
            }
            catch (FormatException e)
            {
                // What is malformed is the secret: it is not shown.
                throw new EdgeException(e, DiagnosticCodes.InvalidAuthFile, path, $"the entry for {request.Registry} is not base64 of user:password");
            }
        }

        return string.IsNullOrEmpty(file.CredsStore) ? null : await helper(file.CredsStore, server, cancellationToken);
    }

    private async Task<AuthFile?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return AuthFile.Parse(await File.ReadAllTextAsync(path, cancellationToken));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeException(e, DiagnosticCodes.InvalidAuthFile, path, e.Message.TrimEnd('.'));
        }
        catch (JsonException e)
        {
            // The parser's own message can quote what it stumbled over, which may be a secret.
            string line = ((e.LineNumber ?? 0) + 1).ToString(CultureInfo.InvariantCulture);
            throw new EdgeException(DiagnosticCodes.InvalidAuthFile, path, $"line {line} is not what such a file holds");
        }
    }
}
