namespace EdgeSlim.Profiles.Tracing;

/// <summary>Puts together what a tracer says.</summary>
internal sealed class TraceCollector
{
    private readonly SortedSet<string> _opened = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _seen = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _programs = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _connections = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _bound = new(StringComparer.Ordinal);

    public SortedSet<string> RuntimeSyscalls { get; } = new(StringComparer.Ordinal);

    public SortedSet<string> Syscalls { get; } = new(StringComparer.Ordinal);

    public SortedSet<string>? Refused { get; set; }

    public void AddFile(string path, bool isOpened) => Add(isOpened ? _opened : _seen, path);

    public void AddProgram(string path) => Add(_programs, path);

    public void AddConnection(string address) => Add(_connections, address);

    public void AddBound(string address) => Add(_bound, address);

    public Trace ToTrace(string tracer) => new()
    {
        Tracer = tracer,
        RuntimeSyscalls = [.. RuntimeSyscalls],
        Syscalls = [.. Syscalls],
        Refused = Refused is null ? null : [.. Refused],
        Opened = [.. _opened],
        Seen = [.. _seen.Except(_opened, StringComparer.Ordinal)],
        Programs = [.. _programs],
        Connections = [.. _connections],
        Bound = [.. _bound],
    };

    private static void Add(SortedSet<string> set, string text)
    {
        if (text.Length > 0)
        {
            set.Add(text);
        }
    }
}
