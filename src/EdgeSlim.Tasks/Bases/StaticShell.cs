using System.ComponentModel;
using EdgeSlim.Diagnostics;
using EdgeSlim.Elf;
using EdgeSlim.Oci;
using EdgeSlim.Processes;

namespace EdgeSlim.Bases;

/// <summary>A shell and its tools in one program that needs no library: it runs on every base, scratch too.</summary>
/// <param name="Program">The program, which is BusyBox.</param>
/// <param name="Applets">The names that it can be called by, sorted.</param>
public sealed record StaticShell(string Program, IReadOnlyList<string> Applets)
{
    /// <summary>The name of the program, of the machine that builds and of the image.</summary>
    public const string ProgramName = "busybox";

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(10);

    /// <summary>Asks a program whether it is such a shell.</summary>
    /// <param name="program">The program; null where there is none.</param>
    /// <param name="platform">The platform that it is to run on.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The shell.</returns>
    /// <exception cref="EdgeException">It is none, or not for the platform (EDGE2080).</exception>
    public static async Task<StaticShell> ReadAsync(
        string? program, Platform platform, CancellationToken cancellationToken)
    {
        if (program is null)
        {
            throw Missing($"there is no '{ProgramName}' on PATH");
        }

        ElfFile? elf = Read(program);
        if (elf is not { IsExecutable: true, Interpreter: null })
        {
            throw Missing($"'{program}' is not statically linked");
        }

        bool isRight = (elf.Machine, platform.Architecture)
            is (ElfMachine.X64, "amd64") or (ElfMachine.Arm64, "arm64") or (ElfMachine.Arm, "arm");
        if (!isRight)
        {
            throw Missing($"'{program}' is for {elf.Machine}, and the image for {platform}");
        }

        // A link would be one under its own name.
        string[] applets = [.. (await ListAsync(program, cancellationToken))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(name => name != ProgramName && !name.Contains('/', StringComparison.Ordinal))
            .Distinct()
            .Order(StringComparer.Ordinal)];
        return applets.Contains("sh")
            ? new StaticShell(program, applets)
            : throw Missing($"'{program} --list' names no 'sh'");
    }

    private static ElfFile? Read(string program)
    {
        try
        {
            return ElfReader.TryRead(program);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Missing($"'{program}' cannot be read: {e.Message}");
        }
    }

    private static async Task<string> ListAsync(string program, CancellationToken cancellationToken)
    {
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(AnswerTime);
        try
        {
            ProcessRequest list = new(program, ["--list"]);
            return (await ExternalProcess.RunAsync(list, timeout.Token)).Output;
        }
        catch (Win32Exception e)
        {
            throw Missing($"'{program}' cannot be started: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Missing($"'{program} --list' does not end");
        }
    }

    private static EdgeException Missing(string seen) => new(DiagnosticCodes.NoDebugShell, seen);
}
