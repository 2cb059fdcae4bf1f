using System.ComponentModel;
using System.Diagnostics;

namespace EdgeSlim.Processes;

/// <summary>Runs programs, and leaves none behind.</summary>
public static class ExternalProcess
{
    // As timeout(1) has it.
    private const int TimeIsUp = 124;

    // ETXTBSY of errno(3).
    private const int FileIsBusy = 26;
    private const int MostTries = 100;

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(5);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="request">What to run.</param>
    /// <param name="cancellationToken">Kills the program and what it started.</param>
    /// <returns>How it ended; exit code 124 where its time was up.</returns>
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

        using Process process = await StartAsync(start, cancellationToken);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (request.TimeLimit != Timeout.InfiniteTimeSpan)
        {
            limit.CancelAfter(request.TimeLimit);
        }

        using OutputReader output = new(process.StandardOutput, request.OnLine);
        using OutputReader error = new(process.StandardError, request.OnLine);
        try
        {
            await WriteInputAsync(request, process, limit.Token);
            await process.WaitForExitAsync(limit.Token);

            // What it left running may keep the pipes open for as long as it likes.
            await Task.WhenAny(Task.WhenAll(output.End, error.End), Task.Delay(LastWords, limit.Token));
            limit.Token.ThrowIfCancellationRequested();
            return new ProcessResult(process.ExitCode, output.Text, error.Text);
        }
        catch (Exception e)
        {
            if (!process.HasExited && request.Grace > TimeSpan.Zero)
            {
                ProcessTree.Interrupt(process.Id);
                process.WaitForExit(request.Grace);
            }

            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }

            if (e is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            {
                return new ProcessResult(TimeIsUp, output.Text, $"it did not end within {request.TimeLimit.TotalSeconds:0} seconds");
            }

            throw;
        }
    }

    // A program that was just written may still be open for writing in a process that another thread started at that moment, until
    // that becomes its program.
    private static async Task<Process> StartAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                return Process.Start(start)!;
            }
            catch (Win32Exception e) when (e.NativeErrorCode == FileIsBusy && tries < MostTries)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(10), cancellationToken);
            }
        }
    }

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
