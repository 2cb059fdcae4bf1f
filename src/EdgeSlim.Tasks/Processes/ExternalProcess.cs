using System.ComponentModel;
using System.Diagnostics;

namespace EdgeSlim.Processes;

/// <summary>Runs programs, and leaves none behind.</summary>
public static class ExternalProcess
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="cancellationToken">Kills the program and what it started.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static async Task<ProcessResult> RunAsync(ProcessRequest request, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(request.FileName, request.Arguments)
        {
            WorkingDirectory = request.WorkingFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (!request.InheritsEnvironment)
        {
            start.Environment.Clear();
        }

        foreach ((string name, string value) in request.Environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        try
        {
            Task<string> output = ReadAsync(process.StandardOutput, request.OnLine, cancellationToken);
            Task<string> error = ReadAsync(process.StandardError, request.OnLine, cancellationToken);
            await WriteInputAsync(request, process, cancellationToken);
            await Task.WhenAll(output, error, process.WaitForExitAsync(cancellationToken));
            return new ProcessResult(process.ExitCode, await output, await error);
        }
        catch
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            throw;
        }
    }

    private static Task<string> ReadAsync(StreamReader stream, Action<string>? onLine, CancellationToken cancellationToken) =>
        onLine is null ? stream.ReadToEndAsync(cancellationToken) : LineReader.ReadAsync(stream, onLine, cancellationToken);

    private static async Task WriteInputAsync(
        ProcessRequest request, Process process, CancellationToken cancellationToken)
    {
        try
        {
            await using Stream input = process.StandardInput.BaseStream;
            if (request.WriteInput is not null)
            {
                await request.WriteInput(input, cancellationToken);
            }
        }
        catch (IOException) when (!cancellationToken.IsCancellationRequested)
        {
            // The program stopped reading: its exit code and its last words say why.
        }
    }
}
