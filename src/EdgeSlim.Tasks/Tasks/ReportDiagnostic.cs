using EdgeSlim.Diagnostics;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Lets the .targets files show a coded error with the text of the one place that holds all texts.</summary>
public sealed class ReportDiagnostic : EdgeTask
{
    /// <summary>One of <see cref="DiagnosticCodes"/>.</summary>
    [Required]
    public string Code { get; set; } = "";

    /// <summary>What the text's placeholders stand for.</summary>
    public string[] Arguments { get; set; } = [];

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken cancellationToken) =>
        throw new EdgeException(Code, [.. Arguments]);
}
