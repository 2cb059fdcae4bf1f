using System.Globalization;
using System.Text.RegularExpressions;
using EdgeSlim.Syscalls;

namespace EdgeSlim.Profiles.Tracing;

/// <summary>Understands what bpftrace prints of the maps of <see cref="BpftraceScript"/>.</summary>
/// <param name="table">The system calls.</param>
internal sealed partial class BpftraceReader(SyscallTable table) : ITraceReader
{
    private const int Runtime = 1;
    private const int Application = 2;

    private readonly TraceCollector _collector = new();
    private readonly HashSet<(int Stage, long Number)> _entered = [];
    private readonly HashSet<(int Stage, long Number)> _returned = [];

    public bool IsReady { get; private set; }

    public void Take(string line)
    {
        if (line == BpftraceScript.Ready)
        {
            IsReady = true;
            return;
        }

        Match match = Entry().Match(line);
        if (!match.Success)
        {
            return;
        }

        string key = match.Groups["key"].Value;
        switch (match.Groups["map"].Value)
        {
            case "enter":
                AddCall(_entered, key);
                break;
            case "exit":
                AddCall(_returned, key);
                break;
            case "opened":
                _collector.AddFile(key, isOpened: true);
                break;
            case "seen":
                _collector.AddFile(key, isOpened: false);
                break;
            case "program":
                _collector.AddProgram(key);
                break;
            case "connect4" or "connect6":
                _collector.AddConnection(Address(key));
                break;
            case "connect_unix":
                _collector.AddConnection(key);
                break;
            case "bind4" or "bind6":
                _collector.AddBound(Address(key));
                break;
            case "bind_unix":
                _collector.AddBound(key);
                break;
        }
    }

    public Trace ToTrace()
    {
        foreach ((int stage, long number) in _entered)
        {
            if (table.NameOf(number) is string name)
            {
                (stage == Runtime ? _collector.RuntimeSyscalls : _collector.Syscalls).Add(name);
            }
        }

        HashSet<long> entered = [.. _entered.Select(e => e.Number)];
        _collector.Refused = new(
            _returned.Where(r => r.Stage == Application && !entered.Contains(r.Number)).Select(r => table.NameOf(r.Number)).OfType<string>(),
            StringComparer.Ordinal);
        return _collector.ToTrace(BpftraceTracer.ProgramName);
    }

    private static void AddCall(HashSet<(int Stage, long Number)> calls, string key)
    {
        string[] parts = key.Split(", ");
        if (parts.Length == 2
            && int.TryParse(parts[0], CultureInfo.InvariantCulture, out int stage)
            && long.TryParse(parts[1], CultureInfo.InvariantCulture, out long number))
        {
            calls.Add((stage, number));
        }
    }

    private static string Address(string key) =>
        key.LastIndexOf(", ", StringComparison.Ordinal) is int comma and > 0
            ? $"{(key.Contains(':', StringComparison.Ordinal) ? $"[{key[..comma]}]" : key[..comma])}:{key[(comma + 2)..]}"
            : key;

    [GeneratedRegex(@"\A@(?<map>[a-z0-9_]+)\[(?<key>.*)\]: 1\z", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Entry();
}
