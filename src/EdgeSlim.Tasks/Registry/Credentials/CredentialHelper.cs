using System.ComponentModel;
using System.Text;
using System.Text.Json;
using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;
using EdgeSlim.Registry.Transport;

namespace EdgeSlim.Registry.Credentials;

/// <summary>Runs docker's credential helpers: <c>docker-credential-&lt;name&gt; get</c>, the server on standard input.</summary>
internal sealed class CredentialHelper(Func<string, string?> environment, TimeSpan? timeout = null)
{
    private const string NotFound = "credentials not found in native keychain";
    private readonly TimeSpan _timeout = timeout ?? TimeSpan.FromSeconds(30);

    public async Task<Credential?> GetAsync(string helper, string server, CancellationToken cancellationToken)
    {
        string program = $"docker-credential-{helper}";
        string path = FindOnPath(program)
            ?? throw new EdgeException(DiagnosticCodes.CredentialHelperFailed, program, server, "it is not on PATH");
        ProcessResult result = await RunAsync(program, path, server, cancellationToken);
        if (result.ExitCode == 0)
        {
            return Parse(program, server, result.Output);
        }

        // Helpers report errors on standard output.
        string said = ErrorBody.OneLine($"{result.Output} {result.Error}");
        return said.Contains(NotFound, StringComparison.OrdinalIgnoreCase)
            ? null
            : throw new EdgeException(
                DiagnosticCodes.CredentialHelperFailed, program, server, $"exit code {result.ExitCode}, {(said.Length == 0 ? "no output" : said)}");
    }

    private static Credential? Parse(string program, string server, string output)
    {
        try
        {
            using JsonDocument answer = JsonDocument.Parse(output);
            string? username = answer.RootElement.GetProperty("Username").GetString();
            string? secret = answer.RootElement.GetProperty("Secret").GetString();
            return string.IsNullOrEmpty(secret)
                ? null
                : Credential.FromUser(username ?? "", secret, $"the credential helper {program}");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Without the output and without the cause: either may quote the secret.
            throw new EdgeException(
                DiagnosticCodes.CredentialHelperFailed, program, server, "its answer is not JSON with Username and Secret");
        }
    }

    private string? FindOnPath(string program)
    {
        // The name comes from a file; with a folder in it, it would run something that is not on PATH.
        if (program != Path.GetFileName(program))
        {
            return null;
        }

        string[] names = OperatingSystem.IsWindows() ? [program + ".exe", program + ".cmd"] : [program];
        return (environment("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => names.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);
    }

    private async Task<ProcessResult> RunAsync(
        string program, string path, string server, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_timeout);
        ProcessRequest request = new(path, ["get"])
        {
            WriteInput = (input, token) => input.WriteAsync(Encoding.UTF8.GetBytes(server), token).AsTask(),
        };
        try
        {
            return await ExternalProcess.RunAsync(request, timeout.Token);
        }
        catch (Win32Exception e)
        {
            throw new EdgeException(e, DiagnosticCodes.CredentialHelperFailed, program, server, e.Message);
        }
        catch (OperationCanceledException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new EdgeException(
                e, DiagnosticCodes.CredentialHelperFailed, program, server, $"no answer within {_timeout.TotalSeconds} seconds");
        }
    }
}
