using System.Text.Json;

namespace SensorAgent.Etcd;

/// <summary>
/// Has the settings of etcd, follows their changes, and keeps the last ones on disk: without etcd, the agent starts with
/// those, and goes on asking.
/// </summary>
internal sealed class EtcdProvider(EtcdClient client, LastKnownValues lastKnown, Action<string> say) : ConfigurationProvider, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // A line that is silent for so long may be dead.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _end = new();
    private Task? _following;

    public override void Load()
    {
        bool answers = false;
        try
        {
            Take(Task.Run(ReadAsync).GetAwaiter().GetResult());
            answers = true;
        }
        catch (Exception e) when (IsOutage(e))
        {
            string outage = $"etcd: {client.Endpoint} does not answer ({Reason(e)})";
            if (lastKnown.Read() is (var values, var time))
            {
                Data = values;
                say($"{outage}; the last known values are used, which are of {time:u}.");
            }
            else
            {
                say($"{outage}, and there are no last known values in {lastKnown.File}.");
            }
        }

        _following ??= Task.Run(() => FollowAsync(answers));
    }

    public void Dispose()
    {
        _end.Cancel();
        client.Dispose();
    }

    private async Task FollowAsync(bool answers)
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                EtcdSnapshot seen = await ReadAsync();
                if (!answers)
                {
                    say($"etcd: {client.Endpoint} answers again.");
                    answers = true;
                }

                do
                {
                    if (Take(seen))
                    {
                        OnReload();
                    }

                    await client.ChangeAsync(seen.Revision + 1, LongestSilence, _end.Token);
                    seen = await ReadAsync();
                }
                while (true);
            }
            catch (Exception e) when (IsOutage(e))
            {
                if (answers && !_end.IsCancellationRequested)
                {
                    say($"etcd: {client.Endpoint} does not answer any more ({Reason(e)}); the values stay as they are.");
                    answers = false;
                }
            }

            await Task.Delay(Pause, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<EtcdSnapshot> ReadAsync()
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        patience.CancelAfter(Patience);
        return await client.ReadAsync(patience.Token);
    }

    /// <summary>Takes what etcd has.</summary>
    /// <returns>Whether it is something else than before.</returns>
    private bool Take(EtcdSnapshot seen)
    {
        if (Data.Count == seen.Values.Count && seen.Values.All(v => Data.TryGetValue(v.Key, out string? before) && before == v.Value))
        {
            return false;
        }

        Data = seen.Values;
        if (lastKnown.Write(seen.Values) is { } failure)
        {
            say($"etcd: the values cannot be kept in {lastKnown.File}: {failure}");
        }

        return true;
    }

    private static bool IsOutage(Exception e) =>
        e is HttpRequestException or OperationCanceledException or IOException or JsonException;

    private static string Reason(Exception e) => e is OperationCanceledException ? "no answer in time" : e.Message;
}
