using System.Text.RegularExpressions;

namespace EdgeSlim.Profiles.Tracing;

/// <summary>Understands what <c>strace -f -y</c> prints. It cannot tell what a filter refused from what the kernel did.</summary>
internal sealed partial class StraceReader : ITraceReader
{
    private readonly TraceCollector _collector = new();
    private bool _isApplication;

    public bool IsReady { get; private set; }

    public void Take(string line)
    {
        // It speaks of itself wherever a line happens to be.
        if (line.IndexOf("strace: Process ", StringComparison.Ordinal) is int own and >= 0)
        {
            IsReady |= line.AsSpan(own).Contains(" attached", StringComparison.Ordinal);
            line = line[..own];
        }

        Match call = Call().Match(line);
        if (!call.Success)
        {
            return;
        }

        string name = call.Groups["name"].Value;
        (_isApplication ? _collector.Syscalls : _collector.RuntimeSyscalls).Add(name);
        bool hasBegun = call.Groups["begun"].Success;
        if (name == "execve" && hasBegun)
        {
            // What a runtime executes is the application; strace shows the call before it is known whether it went well.
            _isApplication = true;
            _collector.AddProgram(Quoted(line));
        }
        else if (_isApplication && Opened().Match(line) is { Success: true } opened && name.StartsWith("open", StringComparison.Ordinal))
        {
            _collector.AddFile(opened.Groups["path"].Value, isOpened: true);
        }
        else if (_isApplication && hasBegun && Looks(name) && line.Contains(") = 0", StringComparison.Ordinal))
        {
            _collector.AddFile(Quoted(line), isOpened: false);
        }
        else if (hasBegun && name is "connect" or "bind" && Address().Match(line) is { Success: true } address)
        {
            string where = address.Groups["path"].Success
                ? address.Groups["path"].Value
                : $"{(address.Groups["v6"].Success ? $"[{address.Groups["v6"].Value}]" : address.Groups["v4"].Value)}:{address.Groups["port"].Value}";
            if (name == "connect")
            {
                _collector.AddConnection(where);
            }
            else
            {
                _collector.AddBound(where);
            }
        }
    }

    public Trace ToTrace() => _collector.ToTrace(StraceTracer.ProgramName);

    private static bool Looks(string name) => name is "stat" or "lstat" or "newfstatat" or "statx" or "access" or "faccessat" or "faccessat2";

    private static string Quoted(string line) => Text().Match(line) is { Success: true } text ? Regex.Unescape(text.Groups["text"].Value) : "";

    [GeneratedRegex(@"\A(\[pid +[0-9]+\] )?((?<begun>)(?<name>[a-z_][a-z0-9_]*)\(|<\.\.\. (?<name>[a-z_][a-z0-9_]*) resumed>)", RegexOptions.ExplicitCapture)]
    private static partial Regex Call();

    [GeneratedRegex("\"(?<text>([^\"\\\\]|\\\\.)*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Text();

    [GeneratedRegex(@" = [0-9]+<(?<path>/[^>]*)>\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Opened();

    [GeneratedRegex(
        @"sin6?_port=htons\((?<port>[0-9]+)\).*?(inet_addr\(""(?<v4>[^""]*)""\)|inet_pton\(AF_INET6, ""(?<v6>[^""]*)"")|sun_path=@?""(?<path>[^""]*)""",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Address();
}
