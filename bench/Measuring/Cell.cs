namespace EdgeSlim.Bench.Measuring;

/// <summary>In what state of things an application was delivered.</summary>
internal enum Occasion
{
    /// <summary>As after a clone.</summary>
    Clean,

    /// <summary>Compiled, but no image was ever made of it.</summary>
    Compiled,

    /// <summary>Delivered before, and nothing changed.</summary>
    Unchanged,

    /// <summary>Delivered before, and then one line of the code changed.</summary>
    OneLine,
}

/// <summary>What was measured of an application and a contender.</summary>
internal sealed class Cell
{
    private readonly Dictionary<Occasion, (Samples Seconds, Samples Composing, Samples Proving, Samples Sent)> _deliveries = [];

    public Samples StartMilliseconds { get; } = new();

    public Samples PeakBytes { get; } = new();

    public ImageFacts? Image { get; set; }

    public Samples Seconds(Occasion occasion) => Of(occasion).Seconds;

    public Samples Composing(Occasion occasion) => Of(occasion).Composing;

    public Samples Proving(Occasion occasion) => Of(occasion).Proving;

    public Samples Sent(Occasion occasion) => Of(occasion).Sent;

    public void Add(Occasion occasion, Contenders.DeliveryCost delivery)
    {
        (Samples seconds, Samples composing, Samples proving, Samples sent) = Of(occasion);
        seconds.Add(delivery.Seconds);
        composing.Add(delivery.ComposingSeconds);
        proving.Add(delivery.ProvingSeconds);
        sent.Add(delivery.Sent);
    }

    private (Samples Seconds, Samples Composing, Samples Proving, Samples Sent) Of(Occasion occasion)
    {
        if (!_deliveries.TryGetValue(occasion, out (Samples, Samples, Samples, Samples) found))
        {
            _deliveries[occasion] = found = (new Samples(), new Samples(), new Samples(), new Samples());
        }

        return found;
    }
}
