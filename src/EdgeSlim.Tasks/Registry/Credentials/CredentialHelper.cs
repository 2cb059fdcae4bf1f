using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using EdgeSlim.Diagnostics;
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
        (int exitCode, string output, string error) = await RunAsync(program, path, server, cancellationToken);
        if (exitCode == 0)
        {
            return Parse(program, server, output);
        }

        // Helpers report errors on standard output.
        string said = ErrorBody.OneLine($"{output} {error}");
        return said.Contains(NotFound, StringComparison.OrdinalIgnoreCase)
            ? null
            : throw new EdgeException(
                DiagnosticCodes.CredentialHelperFailed, program, server, $"exit code {exitCode}, {(said.Length == 0 ? "no output" : said)}");
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

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string program, string path, string server, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_timeout);
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(path, ["get"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            },
        };
        try
        {
            process.Start();
            Task<string> output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(timeout.Token);
            await SayAsync(process, server, timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, await output, await error);
        }
        catch (Win32Exception e)
        {
            throw new EdgeException(e, DiagnosticCodes.CredentialHelperFailed, program, server, e.Message);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new EdgeException(
                e, DiagnosticCodes.CredentialHelperFailed, program, server, $"no answer within {_timeout.TotalSeconds} seconds");
        }
    }

    private static async Task SayAsync(Process process, string server, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(server.AsMemory(), cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says more.
        }
    }
}
