namespace EdgeSlim.Delivery;

/// <summary>What was delivered, a line each, so that a run in which nothing changed need not do it again.</summary>
/// <param name="before">What an earlier run noted.</param>
public sealed class DeliveryNotes(IEnumerable<string> before)
{
    private readonly HashSet<string> _before = [.. before];
    private readonly SortedSet<string> _now = new(StringComparer.Ordinal);

    /// <summary>What is delivered by now.</summary>
    public IReadOnlyCollection<string> Lines
    {
        get
        {
            lock (_now)
            {
                return [.. _now];
            }
        }
    }

    /// <summary>Whether an earlier run noted it.</summary>
    /// <param name="line">What was delivered.</param>
    /// <returns>Whether it did.</returns>
    public bool Had(string line) => _before.Contains(line);

    /// <summary>Notes something.</summary>
    /// <param name="line">What was delivered.</param>
    public void Add(string line)
    {
        lock (_now)
        {
            _now.Add(line);
        }
    }
}
