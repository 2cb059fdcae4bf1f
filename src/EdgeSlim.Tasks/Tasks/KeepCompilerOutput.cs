using System.Text;
using EdgeSlim.Composition;
using EdgeSlim.Publishing;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="CompilerLog"/>: puts a program in the AOT compiler's place that keeps what it says.</summary>
public sealed class KeepCompilerOutput : EdgeTask
{
    /// <summary>The compiler.</summary>
    [Required]
    public string Compiler { get; set; } = "";

    /// <summary>Where what it says is kept.</summary>
    [Required]
    public string LogFile { get; set; } = "";

    /// <summary>The program.</summary>
    [Required]
    public string Program { get; set; } = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        await StageFile.WriteAsync(Program, Encoding.UTF8.GetBytes(CompilerLog.Script(Compiler, LogFile)), cancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Program, (UnixFileMode)0b111_101_101);
        }
    }
}
