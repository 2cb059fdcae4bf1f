using System.Net.Http.Json;
using System.Text.Json.Serialization;

namespace SensorAgent.Modules;

/// <summary>Sends a sample of what the device does to a collector.</summary>
internal sealed class TraceSampler(ILogger<TraceSampler> log, IConfiguration configuration) : BackgroundService
{
    private readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly string _collector = configuration["COLLECTOR"] ?? "https://localhost:4318/samples";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMinutes(1));
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Sample sample = new(Environment.MachineName, DateTimeOffset.UtcNow, Environment.CpuUsage.TotalTime.TotalSeconds);
            try
            {
                using HttpResponseMessage response =
                    await _client.PostAsJsonAsync(_collector, sample, SampleJson.Default.Sample, stoppingToken);
                log.LogInformation("sampled: {Status}", (int)response.StatusCode);
            }
            catch (HttpRequestException e)
            {
                log.LogWarning("{Collector} does not answer: {Reason}", _collector, e.Message);
            }
        }
    }

    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }
}

internal sealed record Sample(string Device, DateTimeOffset Time, double ProcessorSeconds);

[JsonSerializable(typeof(Sample))]
internal sealed partial class SampleJson : JsonSerializerContext;
