using Microsoft.Extensions.Primitives;

namespace SensorAgent.Modules;

/// <summary>Says how the device is, as often as the configuration says, also where that changes.</summary>
internal sealed class DeviceMonitor(ILogger<DeviceMonitor> log, IConfiguration configuration) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(Interval());
        log.LogInformation("looks at the device every {Seconds} s", timer.Period.TotalSeconds);
        using IDisposable changes = ChangeToken.OnChange(configuration.GetReloadToken, () => Follow(timer));
        do
        {
            log.LogInformation(
                "memory {Memory} kB, load {Load}", GC.GetTotalMemory(false) / 1024, await LoadAsync(stoppingToken));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Follow(PeriodicTimer timer)
    {
        TimeSpan interval = Interval();
        if (interval != timer.Period)
        {
            timer.Period = interval;
            log.LogInformation("now looks at the device every {Seconds} s", interval.TotalSeconds);
        }
    }

    // What somebody far away mistypes does not end the agent.
    private TimeSpan Interval() =>
        TimeSpan.FromSeconds(int.TryParse(configuration["Interval"], out int seconds) && seconds > 0 ? seconds : 60);

    private static async Task<string> LoadAsync(CancellationToken cancellationToken) =>
        File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg", cancellationToken)).Split(' ')[0] : "unknown";
}
