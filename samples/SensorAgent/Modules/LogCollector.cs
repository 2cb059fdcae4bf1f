using ZstdSharp;

namespace SensorAgent.Modules;

/// <summary>Packs the log files of the device, so that they can be fetched.</summary>
internal sealed class LogCollector(ILogger<LogCollector> log, IConfiguration configuration) : BackgroundService
{
    private readonly string _from = configuration["LOGS"] ?? "/var/log";
    private readonly string _to = configuration["SPOOL"] ?? Path.Combine(Path.GetTempPath(), "spool");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMinutes(10));
        do
        {
            Directory.CreateDirectory(_to);
            foreach (string file in Directory.Exists(_from) ? Directory.EnumerateFiles(_from, "*.log") : [])
            {
                await PackAsync(file, Path.Combine(_to, Path.GetFileName(file) + ".zst"), stoppingToken);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task PackAsync(string file, string packed, CancellationToken cancellationToken)
    {
        await using FileStream source = File.OpenRead(file);
        await using FileStream target = File.Create(packed);
        await using (CompressionStream compression = new(target, level: 3))
        {
            await source.CopyToAsync(compression, cancellationToken);
        }

        log.LogInformation("packed {File}", file);
    }
}
