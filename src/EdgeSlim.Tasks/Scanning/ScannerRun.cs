using System.ComponentModel;
using System.Text.Json;
using EdgeSlim.Diagnostics;
using EdgeSlim.Processes;

namespace EdgeSlim.Scanning;

/// <summary>Asks a scanner, and says what is wrong when it does not answer.</summary>
/// <param name="scanner">The scanner.</param>
/// <param name="program">Its program.</param>
/// <param name="timeout">How long it may take for one question.</param>
internal sealed class ScannerRun(IScanner scanner, string program, TimeSpan timeout)
{
    private const int MostShown = 80;

    /// <summary>Asks it.</summary>
    /// <exception cref="EdgeException">
    /// It fails (EDGE5033), hangs (EDGE5034), answers what nobody understands (EDGE5035) or has no database (EDGE5036).
    /// </exception>
    public async Task<Scan> AskAsync(ScanTarget target, CancellationToken cancellationToken)
    {
        if (scanner.MissingDatabase(target.Database) is string missing)
        {
            throw new EdgeException(DiagnosticCodes.ScannerHasNoDatabase, scanner.Name, $"'{missing}' is not there");
        }

        List<Finding> findings = [];
        foreach (ProcessRequest request in scanner.Commands(program, target))
        {
            findings.AddRange(Read(await RunAsync(request, cancellationToken)));
        }

        return new Scan(scanner.Name, null, findings);
    }

    private async Task<string> RunAsync(ProcessRequest request, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        ProcessResult result;
        try
        {
            result = await ExternalProcess.RunAsync(request, limit.Token);
        }
        catch (Win32Exception e)
        {
            throw new EdgeException(e, DiagnosticCodes.ScannerFailed, program, e.Message);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EdgeException(e, DiagnosticCodes.ScannerHangs, program, (int)timeout.TotalSeconds);
        }

        return result.ExitCode == 0 ? result.Output
            : scanner.SaysNoDatabase(result.Error) ? throw new EdgeException(DiagnosticCodes.ScannerHasNoDatabase, scanner.Name, result.LastErrorLine)
            : throw new EdgeException(DiagnosticCodes.ScannerFailed, program, $"exit code {result.ExitCode}: {result.LastErrorLine}");
    }

    private Finding[] Read(string output)
    {
        try
        {
            using JsonDocument answer = JsonDocument.Parse(output);
            return [.. scanner.Read(answer.RootElement)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            string beginning = output.Trim().Split('\n')[0];
            throw new EdgeException(
                e, DiagnosticCodes.ScannerNotUnderstood, program, beginning.Length > MostShown ? beginning[..MostShown] + "..." : beginning);
        }
    }
}
