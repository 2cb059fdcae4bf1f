namespace Acme.Agent_1;

/// <summary>Does the agent's work, as often as the setting <c>Interval</c> says, also where that changes.</summary>
public sealed class Agent(ILogger<Agent> log, IConfiguration configuration) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (int i = 1; !stoppingToken.IsCancellationRequested; i++)
        {
            log.LogInformation("Reading {Number} at the {Place}", i, configuration["Place"]);
            await Task.Delay(Interval, stoppingToken);
        }
    }

    private TimeSpan Interval =>
        TimeSpan.FromSeconds(int.TryParse(configuration["Interval"], out int seconds) && seconds > 0 ? seconds : 10);
}
