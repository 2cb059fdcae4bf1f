using EdgeSlim.Diagnostics;
using EdgeSlim.Publishing;
using Microsoft.Build.Framework;

namespace EdgeSlim.Tasks;

/// <summary>Adapter of <see cref="OpenSslProbe"/>.</summary>
public sealed class ProbeOpenSsl : EdgeTask
{
    private const string InstallLine = "apt-get install libssl-dev cmake make";

    /// <summary>The compiler driver that links.</summary>
    [Required]
    public string CompilerDriver { get; set; } = "";

    /// <summary>What shows that OpenSSL is needed.</summary>
    [Required]
    public string Evidence { get; set; } = "";

    /// <summary>Whether OpenSSL can be linked in.</summary>
    [Output]
    public bool IsLinkable { get; set; }

    /// <summary>OpenSSL's static libraries, in the order in which they are linked.</summary>
    [Output]
    public string[] Libraries { get; set; } = [];

    /// <summary>OpenSSL's headers, where algorithms can be left out; else empty.</summary>
    [Output]
    public string ReducibleHeaders { get; set; } = "";

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken cancellationToken)
    {
        OpenSslToolchain found = OpenSslProbe.Look(
            CompilerDriver,
            Environment.GetEnvironmentVariable("OPENSSL_ROOT_DIR"),
            new MachineTools(Environment.GetEnvironmentVariable("PATH") ?? ""));
        IsLinkable = found.Missing.Count == 0;
        Libraries = [.. found.Libraries];
        ReducibleHeaders = found.ReducibleHeaders ?? "";
        if (IsLinkable)
        {
            Diagnostics.Information($"OpenSSL is linked in: {Evidence}.");
        }
        else
        {
            Diagnostics.Warning(
                DiagnosticCodes.OpenSslNotLinkable, Evidence, string.Join(", ", found.Missing), InstallLine);
        }

        return Task.CompletedTask;
    }
}
