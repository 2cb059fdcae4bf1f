namespace SensorAgent.Modules;

/// <summary>Says how the device is.</summary>
internal sealed class DeviceMonitor(ILogger<DeviceMonitor> log, IConfiguration configuration) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromSeconds(int.Parse(configuration["INTERVAL"] ?? "60")));
        do
        {
            log.LogInformation(
                "memory {Memory} kB, load {Load}", GC.GetTotalMemory(false) / 1024, await LoadAsync(stoppingToken));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private static async Task<string> LoadAsync(CancellationToken cancellationToken) =>
        File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg", cancellationToken)).Split(' ')[0] : "unknown";
}
