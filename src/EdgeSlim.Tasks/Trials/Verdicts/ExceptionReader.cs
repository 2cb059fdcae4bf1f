using System.Text.RegularExpressions;

namespace EdgeSlim.Trials.Verdicts;

/// <summary>
/// Finds unhandled exceptions in what an application says: those that the runtime reports, and those that the generic host and ASP.NET Core
/// log as such, in the formats of the console logger and in Serilog's. It is given one line after the other.
/// </summary>
internal sealed partial class ExceptionReader
{
    private const int Kept = 10;
    private const int MaxLength = 300;

    // Between what a logger says and the exception itself.
    private const int MostLinesBetween = 3;

    private readonly List<UnhandledError> _found = [];
    private bool _isError;
    private int _awaited;
    private int _traced = -1;

    /// <summary>What was found.</summary>
    public IReadOnlyList<UnhandledError> Found => [.. _found];

    /// <summary>Takes the next line.</summary>
    /// <param name="line">The line.</param>
    public void Take(string line)
    {
        if (Reported().Match(line) is { Success: true } reported)
        {
            Add(reported, isFatal: true);
            return;
        }

        if (_traced >= 0)
        {
            if (Inner().Match(line) is { Success: true } inner)
            {
                _found[_traced] = _found[_traced] with { Cause = Short($"{inner.Groups["type"].Value}: {inner.Groups["message"].Value}") };
                return;
            }

            if (line.Length > 0 && char.IsWhiteSpace(line[0]))
            {
                return;
            }

            _traced = -1;
        }

        bool isHeader = Logged().IsMatch(line);
        _isError = isHeader || (_isError && !AnyLevel().IsMatch(line));
        _awaited = isHeader ? 0 : Math.Max(0, _awaited - 1);
        int at = 0;
        if (_isError && Unhandled().Match(line) is { Success: true } said)
        {
            _awaited = MostLinesBetween + 1;
            at = said.Index + said.Length;
        }

        if (_isError && _awaited > 0 && Exception().Match(line, at) is { Success: true } exception)
        {
            Add(exception, isFatal: false);
        }
    }

    private void Add(Match match, bool isFatal)
    {
        _awaited = 0;
        string message = match.Groups["message"].Value;

        // A logger that writes one line has the stack trace in it too; JSON ends the text.
        foreach (string end in (string[])["   at ", "\\n", "\",\""])
        {
            int position = message.IndexOf(end, StringComparison.Ordinal);
            message = position < 0 ? message : message[..position];
        }

        UnhandledError exception = new(match.Groups["type"].Value, Short(message.Trim()), isFatal);
        _traced = _found.FindIndex(f => f.Type == exception.Type && f.Message == exception.Message);
        if (_traced >= 0)
        {
            _found[_traced] = _found[_traced] with { IsFatal = isFatal || _found[_traced].IsFatal };
        }
        else if (_found.Count < Kept)
        {
            _found.Add(exception);
            _traced = _found.Count - 1;
        }
    }

    private static string Short(string text) => text.Length > MaxLength ? text[..MaxLength] + "..." : text;

    // "Unhandled exception. System.Net.Sockets.SocketException (111): Connection refused"
    [GeneratedRegex(@"^\s*Unhandled [Ee]xception[.:]\s+(?<type>[\w.+`]+)(\[[^\]]*\])*( \([^)]*\))?(: ?(?<message>.*))?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Reported();

    [GeneratedRegex(@"^\s*---> (?<type>[\w.+`]+)(\[[^\]]*\])*( \([^)]*\))?: ?(?<message>.*)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Inner();

    // "fail: ", "crit: ", systemd's "<3>", Serilog's "[12:00:00 ERR]", and JSON.
    [GeneratedRegex(@"^(\S+ ){0,3}(fail|crit): |^<[0-3]>|^\[[^\]]* (ERR|FTL)\]|^\{.*""LogLevel"": ?""(Error|Critical)""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Logged();

    [GeneratedRegex(@"^(\S+ ){0,3}(trce|dbug|info|warn|fail|crit): |^<[0-7]>|^\[[^\]]* [A-Z]{3}\]|^\{.*""LogLevel""", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex AnyLevel();

    [GeneratedRegex("BackgroundService failed|unhandled exception|Hosting failed to start|Host terminated unexpectedly", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Unhandled();

    [GeneratedRegex(@"(?<type>[A-Za-z_][\w.+`]*(Exception|Error)[\w`]*)( \([^)]*\))?: (?<message>.*)$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Exception();
}
